import { inboundEvent, type InboundEvent, REVOKE_AWARD, SUBMIT_AWARD } from '@mcr/contracts';
import { clientKeyPath, publisherClientId, readPrivateKey, TokenSource } from '@mcr/identity';
import type { PlannedAward } from '../awards/award-plan.ts';
import { Publishing } from '../registry/publishing.ts';
import type { Step } from './step.ts';

const INSTITUTIONS_AT_ONCE = 4;

const eventsOf = ({ institution, submit, revoke }: PlannedAward): InboundEvent[] => [
  inboundEvent(institution, SUBMIT_AWARD, submit),
  ...(revoke ? [inboundEvent(institution, REVOKE_AWARD, revoke)] : []),
];

/** Each institution publishes its own awards with its own key, as it would from its own system. */
export async function publishAwards({ url, dataDir, log, progress }: Step, awards: readonly PlannedAward[]): Promise<void> {
  const byInstitution = Map.groupBy(awards, ({ institution }) => institution);
  const events = new Map([...byInstitution].map(([code, planned]) => [code, planned.flatMap(eventsOf)]));
  const bar = progress(
    'award records',
    [...events.values()].reduce((sum, { length }) => sum + length, 0),
  );
  const queue = [...events];
  const publishNext = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [code, records] = next;
      const key = await readPrivateKey(clientKeyPath(dataDir, code));
      const refused = await new Publishing(url, new TokenSource({ url, clientId: publisherClientId(code), key })).publish(records, bar.advance);
      if (refused.length > 0) log.warn(`Demonstration: ${refused.length} faults in records of ${code}: ${[...new Set(refused)].join(', ')}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: INSTITUTIONS_AT_ONCE }, publishNext));
  } finally {
    bar.finish();
  }
}
