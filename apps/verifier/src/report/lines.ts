import type { OfflineVerification } from '../verify-offline.ts';

type Check = OfflineVerification['checks'][number];

/** More would hide the verdict; what is wrong first is usually why. */
const MOST_FAULTS = 20;

function linesOfCheck({ id, outcome, code, message, faults = [] }: Check): string[] {
  const line = `${outcome.padEnd(7)}  ${id.padEnd(17)}  ${code}: ${message}`;
  const shown = faults.slice(0, MOST_FAULTS).map((fault) => `         ${fault.pointer || '/'}: ${fault.code}: ${fault.message}`);
  return [line, ...shown, ...(faults.length > MOST_FAULTS ? [`         and ${faults.length - MOST_FAULTS} more`] : [])];
}

/** What is in a learner record, a line each; why one is not valid, it says when it is verified by itself. */
const linesOfInside = ({ credentials = [] }: OfflineVerification): string[] =>
  credentials.map(({ verdict, issuer, microCredential }) =>
    ['inside: ' + verdict, issuer?.name ?? issuer?.id, microCredential?.id].filter((part) => part !== undefined).join(', '),
  );

/** The answer to a person: every check, who issued it, how old the answer is, and the verdict as the last line. */
export function linesOf(verification: OfflineVerification, asked: { readonly asOf?: Date }): string[] {
  const { checks, issuer, microCredential, listsAsOf, missingLists, verdict, asOf } = verification;
  return [
    ...checks.flatMap(linesOfCheck),
    ...(issuer ? [`issuer: ${issuer.name === undefined ? issuer.id : `${issuer.name}, ${issuer.id}`}`] : []),
    ...(microCredential ? [`micro-credential: ${microCredential.id}`] : []),
    ...linesOfInside(verification),
    ...missingLists.map((list) => `not saved: ${list} (--fetch-trust DIR FILE saves the lists of FILE)`),
    ...(asked.asOf ? [`asked about ${asOf}`] : []),
    `offline, lists as of ${listsAsOf}`,
    verdict,
  ];
}
