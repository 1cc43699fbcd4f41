import type { MicroCredentialDraft, PublishedMicroCredential } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';
import { hoursOf } from './rules/duration.ts';
import { type Evaluation, type RuleSet, blockingFaults, evaluate } from './rules/rule-set.ts';

interface Version {
  readonly ctid: string;
  /** The number of this version of the definition: 1, 2, 3… */
  readonly version: number;
  /** CTIDs of institutions. */
  readonly ownedBy: string;
  readonly offeredBy: readonly string[];
  readonly definition: MicroCredentialDraft;
}

export type DraftVersion = Version & { readonly status: 'DRAFT' };
export type PublishedVersion = Version & { readonly status: 'PUBLISHED'; readonly ruleSet: string };
export type MicroCredentialVersion = DraftVersion | PublishedVersion;

/** A micro-credential as far as its next version needs it. */
export interface MicroCredential {
  readonly ctid: string;
  readonly ownedBy: string;
  /** Counts its events, not its versions. */
  readonly aggregateVersion: number;
  readonly latest: Pick<MicroCredentialVersion, 'version' | 'status'> | undefined;
}

/** The draft to write: the first version, the next one after a published one, or the present draft anew. */
export function define({ ctid, ownedBy, latest }: MicroCredential, wanted: Pick<Version, 'ownedBy' | 'offeredBy' | 'definition'>): DraftVersion {
  if (ownedBy !== wanted.ownedBy) {
    const message = 'The CTID belongs to another institution’s micro-credential.';
    throw new Refusal('CTID_TAKEN', message, { faults: [{ pointer: '/ctid', code: 'CTID_TAKEN', message, hint: 'Leave it out to get a new one.' }] });
  }
  const version = latest === undefined ? 1 : latest.status === 'DRAFT' ? latest.version : latest.version + 1;
  return { ctid, version, ...wanted, status: 'DRAFT' };
}

/** Publishes a draft that meets every ERROR rule of the set, and says what each of its rules says. */
export function publish(version: MicroCredentialVersion, ruleSet: RuleSet): { published: PublishedVersion; evaluations: Evaluation[] } {
  if (version.status !== 'DRAFT')
    throw new Refusal('ILLEGAL_STATE', `Version ${version.version} is published already. Define the next version to change something.`);
  const evaluations = evaluate(ruleSet, version.definition);
  const faults = blockingFaults(evaluations);
  if (faults.length > 0) {
    throw new Refusal(
      'RULES_NOT_MET',
      `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} by the rules ${ruleSet.id}; pointers begin at the definition.`,
      {
        faults,
      },
    );
  }
  return { published: { ...version, status: 'PUBLISHED', ruleSet: ruleSet.id }, evaluations };
}

/** The full public snapshot. What the rules require is there: only a version that met them can be published. */
export function snapshotOf({ ctid, version, ownedBy, offeredBy, definition }: PublishedVersion): PublishedMicroCredential {
  return {
    ...definition,
    totalHours: hoursOf(definition)!,
    isNonCredit: definition.isNonCredit!,
    ctid,
    version,
    ownedBy,
    offeredBy: [...offeredBy],
    status: 'PUBLISHED',
  };
}

export const titleTaken = (): Refusal => {
  const message = 'The institution has another micro-credential of that title. Case and accents make no difference.';
  return new Refusal('TITLE_TAKEN', message, { faults: [{ pointer: '/definition/name/en-CA', code: 'TITLE_TAKEN', message }] });
};
