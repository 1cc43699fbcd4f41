import { SUBMIT_AWARD, inboundEvent, type InboundEvent, type SubmitAward } from '@mcr/contracts';
import { createLogger } from '@mcr/runtime';
import { aSubmission, eventually } from '@mcr/testing';
import { startAwards } from './awards-registry.ts';
import { encrypted, encryptionKey, placeOnKafka, startTopics, type ReadOutcome } from './kafka-topics.ts';

/** A code that no other run uses: topics outlive the spec. */
export const aCode = (): string => Array.from({ length: 6 }, () => String.fromCharCode(65 + Math.floor(Math.random() * 26))).join('');

/** The state of an outcome and the codes of its errors. */
export const told = ({ data }: ReadOutcome): string[] => [data.state, ...(data.errors ?? []).map(({ code }) => code)];

/** The outcome of an event, once it is among these. */
export const outcomeAmong = (outcomes: readonly ReadOutcome[], eventId: string): Promise<ReadOutcome> =>
  eventually(() => {
    const found = outcomes.find(({ data }) => data.eventId === eventId);
    if (!found) throw new Error(`No outcome of ${eventId} yet.`);
    return found;
  });

/** The awards service with its door on Kafka open, two institutions with their topics, and a micro-credential of the first. */
export async function startAwardsOnKafka() {
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).reverse()) await one.close();
  };
  try {
    return { ...(await open((one) => (opened.push(one), one))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(opened: <T extends { close(): Promise<void> }>(one: T) => T) {
  const topics = opened(await startTopics());
  const [one, other] = [aCode(), aCode()];
  await topics.createFor(one, other);
  const place = opened(await placeOnKafka(topics.brokers));
  const logged: string[] = [];
  const log = createLogger('warn', { write: (line) => void logged.push(line) });
  const registry = opened(await startAwards({}, { log, ...place.options }));
  const ours = await registry.anInstitution(one);
  const theirs = await registry.anInstitution(other);
  const course = await registry.aMicroCredentialOf(ours);
  const key = await encryptionKey(registry.url);
  const outcomes = await topics.outcomesOf(one);
  const anEvent = (changes: Partial<SubmitAward> = {}, code = one): InboundEvent<SubmitAward> =>
    inboundEvent(code, SUBMIT_AWARD, aSubmission({ microCredentialCtid: course.ctid, ...changes }));
  return {
    topics,
    registry,
    ours,
    theirs,
    key,
    /** Everything that was told to the first institution so far. */
    outcomes,
    /** Warnings and errors of the process. */
    logged,
    anEvent,
    /** The same with its learner encrypted. */
    sealed: (changes: Partial<SubmitAward> = {}, code = one) => encrypted(anEvent(changes, code), key),
    outcomeOf: (eventId: string) => outcomeAmong(outcomes, eventId),
    rowsOf: (eventId: string) =>
      registry.sql<{ code: string; state: string }>('select institution_code as code, state from submission where event_id = $1', [eventId]),
  };
}

export type AwardsOnKafka = Awaited<ReturnType<typeof startAwardsOnKafka>>;
