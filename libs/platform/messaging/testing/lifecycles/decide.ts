import type { Kind, Step } from './contract.ts';

/** What is known of one award: how far it came, and what waits for the revisions before it. */
export interface Ledger {
  readonly accepted: number;
  readonly waiting: Readonly<Record<number, Kind>>;
}

export const nothingYet: Ledger = { accepted: 0, waiting: {} };

/** The next revisions of an award when a record has come in, in order; none when it was known, or has to wait. */
export function decide(ledger: Ledger, { award, revision, kind }: Step): { ledger: Ledger; steps: Step[] } {
  if (revision <= ledger.accepted || ledger.waiting[revision]) return { ledger, steps: [] };
  const waiting = { ...ledger.waiting, [revision]: kind };
  const steps: Step[] = [];
  let accepted = ledger.accepted;
  for (let next = waiting[accepted + 1]; next; next = waiting[accepted + 1]) {
    accepted += 1;
    delete waiting[accepted];
    steps.push({ award, revision: accepted, kind: next });
  }
  return { ledger: { accepted, waiting }, steps };
}
