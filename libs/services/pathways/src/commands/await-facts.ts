import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { FactsArrival } from '../consumers/facts-arrival.ts';

const PATIENCE_MS = 5_000;
const PAUSE_MS = 50;

/**
 * Returns when nothing known here stands against a proposal, or when everything is known here that had happened when it was asked:
 * what another service has just acknowledged may still be on its way. Waits outside any transaction.
 * @throws Refusal UNAVAILABLE when neither was reached in time.
 */
export async function awaitFacts({ resolve }: OperationContext, isFaultless: () => Promise<boolean>): Promise<void> {
  const arrival = resolve(FactsArrival);
  for (let waited = 0; waited <= PATIENCE_MS; waited += PAUSE_MS) {
    if ((await isFaultless()) || (await arrival.isComplete())) return;
    await delay(PAUSE_MS);
  }
  throw new Refusal('UNAVAILABLE', 'What this names may not have arrived here yet.', { retryAfterSeconds: 1 });
}
