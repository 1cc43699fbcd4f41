/** What an institution was from an instant on. */
export interface Standing {
  readonly status: string;
  readonly since: string;
}

/** A time in which it was recognised; half-open. */
export interface Term {
  readonly from: string;
  readonly until?: string;
}

/** Public institutions are older than the registry: one that was ever activated is recognised for all the time before. */
const ALWAYS = '0001-01-01T00:00:00.000Z';

/** When an institution was recognised: from ever until it was suspended, and again from each time that it was reinstated. Oldest standing first. */
export function recognisedTerms(standings: readonly Standing[]): Term[] {
  const first = standings.findIndex(({ status }) => status === 'ACTIVE');
  if (first < 0) return [];
  const terms: Term[] = [];
  let from: string | undefined = ALWAYS;
  for (const { status, since } of standings.slice(first)) {
    if (status === 'ACTIVE') from ??= since;
    else if (from !== undefined) {
      terms.push({ from, until: since });
      from = undefined;
    }
  }
  return from === undefined ? terms : [...terms, { from }];
}
