import type { Recognitions } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import type { Terms } from './agreement.ts';
import { type Completion, type Reason, isCertain, reasonsAgainst } from './nearest-completion.ts';

/** An active agreement, as far as a recognition depends on it. */
export interface ActiveAgreement extends Terms {
  readonly ctid: string;
  readonly receivingOrganization: string;
}

export type Recognition = OutputOf<typeof Recognitions>[number];

const uniqueSorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

function statusOf(reasons: readonly Reason[]): Recognition['status'] {
  if (reasons.length === 0) return 'GUARANTEED';
  return reasons.some(isCertain) ? 'NOT_APPLICABLE' : 'INDIVIDUAL_ASSESSMENT';
}

function recognitionBy(agreement: ActiveAgreement, completions: ReadonlyMap<string, readonly Completion[]>): Recognition {
  const held = agreement.from.filter((item) => completions.has(item.microCredential));
  const missing = uniqueSorted(agreement.from.filter((item) => !completions.has(item.microCredential)).map((item) => item.microCredential));
  const against = held.flatMap((item) => reasonsAgainst(item, agreement, completions.get(item.microCredential)!));
  if (missing.length > 0) against.push({ code: 'CLUSTER_INCOMPLETE', message: `All items are needed together; missing: ${missing.join(', ')}.` });
  const status = statusOf(against);
  const { ctid, kind, startDate, endDate, receivingOrganization } = agreement;
  return {
    receivingOrganization,
    agreement: { ctid, kind, startDate, ...(endDate === undefined ? {} : { endDate }) },
    microCredentials: uniqueSorted(held.map((item) => item.microCredential)),
    status,
    grants: status === 'GUARANTEED' ? [...agreement.grants] : [],
    reasons: status === 'GUARANTEED' ? [{ code: 'AGREEMENT_APPLIES', message: 'Everything that the agreement asks for is held.' }] : against,
  };
}

const withoutAgreement = (microCredential: string): Recognition => ({
  microCredentials: [microCredential],
  status: 'INDIVIDUAL_ASSESSMENT',
  grants: [],
  reasons: [{ code: 'NO_AGREEMENT', message: `No agreement covers ${microCredential}; a receiving institution may assess it.` }],
});

const STATUSES: readonly Recognition['status'][] = ['GUARANTEED', 'INDIVIDUAL_ASSESSMENT', 'NOT_APPLICABLE'];

/** Sorts after every CTID and kind, so that a row without an agreement comes last of its status. */
const LAST = '\uFFFF';

const sortKey = ({ status, receivingOrganization, agreement, microCredentials }: Recognition): string =>
  [STATUSES.indexOf(status), receivingOrganization ?? LAST, agreement?.kind ?? LAST, agreement?.ctid ?? LAST, ...microCredentials].join(' ');

/**
 * What held micro-credentials count for, one answer for each agreement that begins from any of them, and one for each held
 * micro-credential that none begins from. Only the day of completion decides which agreement covers it, never today. Where one was completed
 * more than once, any completion that fits counts. The answer does not depend on the order of held items or agreements.
 */
export function recognise(held: readonly Completion[], agreements: readonly ActiveAgreement[]): Recognition[] {
  const completions = Map.groupBy(held, (completion) => completion.microCredential);
  const touched = agreements.filter((agreement) => agreement.from.some((item) => completions.has(item.microCredential)));
  const covered = new Set(touched.flatMap((agreement) => agreement.from.map((item) => item.microCredential)));
  const uncovered = [...completions.keys()].filter((microCredential) => !covered.has(microCredential));
  const answers = [...touched.map((agreement) => recognitionBy(agreement, completions)), ...uncovered.map(withoutAgreement)];
  const keyed = answers.map((answer) => ({ answer, key: sortKey(answer) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key))).map(({ answer }) => answer);
}
