import type { SubmitAward } from '@mcr/contracts';
import { dayInBritishColumbia, pointerTo, type Fault } from '@mcr/event-kit';
import { identifierFaults } from '../learner/identifier.ts';
import type { InstitutionFact, MicroCredentialVersionFact } from './facts.ts';
import { recordFault } from '../record/record-fault.ts';

/** B.C. Micro-credential Framework (2021), Duration: "should be less than 288 hours". */
const HOURS_BELOW = 288;

export interface Validation {
  readonly faults: readonly Fault[];
  /** The version that the award is of; undefined while none fits. */
  readonly version?: MicroCredentialVersionFact;
  /** The micro-credential, or the version that the record names, is not known here (yet). */
  readonly missing?: 'MICRO_CREDENTIAL' | 'VERSION';
}

/**
 * Every fault in the meaning of a submission. Properties that are absent, or could not be read, are passed over:
 * their own fault says so already. `today` is the day in British Columbia.
 */
export function validateSubmit(
  parts: Partial<SubmitAward>,
  institution: InstitutionFact | undefined,
  versions: readonly MicroCredentialVersionFact[],
  today: string,
): Validation {
  const { awardedDate, microCredentialVersion } = parts;
  const missing =
    versions.length === 0
      ? 'MICRO_CREDENTIAL'
      : microCredentialVersion && !versions.some(({ version }) => version === microCredentialVersion)
        ? 'VERSION'
        : undefined;
  const version = missing ? undefined : versionFor(versions, microCredentialVersion, awardedDate);
  const faults = [
    ...(institution?.status === 'ACTIVE' ? [] : [recordFault('INSTITUTION_SUSPENDED')]),
    ...(awardedDate && awardedDate > today ? [recordFault('AWARDED_IN_FUTURE', '/awardedDate')] : []),
    ...(version ? versionFaults(parts, version, versions, institution) : []),
    ...periodFaults(parts),
    ...hoursFaults(parts),
    ...(parts.learner ? identifierFaults(parts.learner.identifiers) : []),
  ];
  return { faults, version, missing };
}

/** The version that the record names, or the one in force on the awarded date, or the first one. */
function versionFor(versions: readonly MicroCredentialVersionFact[], named: number | undefined, awardedDate = '9999-12-31') {
  if (named) return versions.find(({ version }) => version === named);
  return versions.findLast(({ dateEffective }) => dateEffective <= awardedDate) ?? versions[0];
}

function versionFaults(
  { awardedDate, creditsEarned, competenciesDemonstrated = [], assessmentRef = [] }: Partial<SubmitAward>,
  version: MicroCredentialVersionFact,
  versions: readonly MicroCredentialVersionFact[],
  institution: InstitutionFact | undefined,
): Fault[] {
  const mayAward = institution && (version.ownedBy === institution.ctid || version.offeredBy.includes(institution.ctid));
  const successor = awardedDate && versions.find((later) => later.version > version.version && later.dateEffective <= awardedDate);
  const expired = awardedDate && version.expirationDate && version.expirationDate < awardedDate;
  const mostCredits = version.isNonCredit ? 0 : (version.creditValue ?? 0);
  const unassessed = assessmentRef.flatMap((id, index) => (version.assessments.includes(id) ? [] : [index]));
  const strangers = competenciesDemonstrated.flatMap((ctid, index) => (version.competencies.includes(ctid) ? [] : [index]));
  return [
    ...(mayAward ? [] : [recordFault('NOT_AUTHORIZED_FOR_MC', '/microCredentialCtid')]),
    ...(awardedDate && awardedDate < version.dateEffective ? [recordFault('BEFORE_EFFECTIVE', '/awardedDate')] : []),
    ...(successor || expired ? [recordFault('MC_NOT_AWARDABLE', successor ? '/microCredentialVersion' : '/awardedDate')] : []),
    ...(creditsEarned !== undefined && (creditsEarned < 0 || creditsEarned > mostCredits) ? [recordFault('CREDITS_MISMATCH', '/creditsEarned')] : []),
    ...strangers.map((index) => recordFault('COMPETENCY_NOT_IN_MC', pointerTo('competenciesDemonstrated', index))),
    ...unassessed.map((index) => recordFault('ASSESSMENT_NOT_IN_MC', pointerTo('assessmentRef', index))),
  ];
}

function periodFaults({ validFrom, validUntil, awardedDate, activityStartDate, activityEndDate }: Partial<SubmitAward>): Fault[] {
  const until = validUntil && new Date(validUntil);
  // Without validFrom an award counts from the day on which it was awarded.
  const endsTooEarly = until && (validFrom ? until <= new Date(validFrom) : awardedDate !== undefined && dayInBritishColumbia(until) < awardedDate);
  return [
    ...(endsTooEarly ? [recordFault('BAD_VALIDITY', '/validUntil')] : []),
    ...(activityStartDate && activityEndDate && activityEndDate < activityStartDate ? [recordFault('BAD_ACTIVITY_PERIOD', '/activityEndDate')] : []),
  ];
}

const hoursFaults = ({ hoursCompleted }: Partial<SubmitAward>): Fault[] =>
  hoursCompleted !== undefined && (hoursCompleted < 0 || hoursCompleted >= HOURS_BELOW) ? [recordFault('HOURS_OUT_OF_RANGE', '/hoursCompleted')] : [];
