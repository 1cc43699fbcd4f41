import type { SubmitAward } from '@mcr/contracts';
import { Instant, dayInBritishColumbia, pointerTo, type Fault } from '@mcr/event-kit';
import { recordFault } from '../record/record-fault.ts';
import { differingResults } from './said-results.ts';
import type { SignedContent } from './signed-credential.ts';

const instantOf = (value: unknown): number | undefined => {
  const { data } = Instant.safeParse(value);
  return data === undefined ? undefined : Date.parse(data);
};
const isOnDay = (value: unknown, day: string): boolean => {
  const instant = instantOf(value);
  return instant !== undefined && dayInBritishColumbia(new Date(instant)) === day;
};
const isSameInstant = (said: unknown, sent: string | undefined): boolean =>
  sent === undefined ? said === undefined : instantOf(said) !== undefined && instantOf(said) === instantOf(sent);

/**
 * Every member in which a signed credential says another thing than its record. `version` is the one that the award is of, once that is known. Without a
 * `validFrom` in the record, the credential is valid from some moment of the awarded day: Open Badges 3.0 asks for one. Results may stand in one
 * of both alone: a badge need not show a grade, and a record need not repeat one.
 */
export function payloadFaults({ says }: SignedContent, sent: SubmitAward, version: number | undefined): Fault[] {
  const { microCredential, learnerId, awardedDate, validFrom, validUntil, creditsEarned } = says;
  const isVersion = microCredential?.version === undefined || version === undefined || microCredential.version === version;
  const isIt = microCredential?.ctid === sent.microCredentialCtid && isVersion;
  const dids = sent.learner.identifiers.filter(({ type }) => type === 'DID').map(({ value }) => value);
  const isSomebodyElse = typeof learnerId === 'string' && learnerId.startsWith('did:') && dids.length > 0 && !dids.includes(learnerId);
  const differing: readonly (readonly [boolean, ...path: (string | number)[]])[] = [
    [!isIt, 'credentialSubject', 'achievement', 'id'],
    [isSomebodyElse, 'credentialSubject', 'id'],
    [!isOnDay(awardedDate, sent.awardedDate), 'awardedDate'],
    [!(sent.validFrom === undefined ? isOnDay(validFrom, sent.awardedDate) : isSameInstant(validFrom, sent.validFrom)), 'validFrom'],
    [!isSameInstant(validUntil, sent.validUntil), 'validUntil'],
    [creditsEarned !== sent.creditsEarned, 'credentialSubject', 'creditsEarned'],
    ...differingResults(says.results, sent.result).map((path) => [true, 'credentialSubject', 'result', ...path] as const),
  ];
  return differing.flatMap(([differs, ...path]) => (differs ? [recordFault('PAYLOAD_MISMATCH', `/signedCredential${pointerTo(...path)}`)] : []));
}
