import { expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import type { Stage } from '../stage.ts';
import { CounterAdvanced } from '../trial/contract.ts';
import type { Behaviour } from '../trial/contract.ts';

const follows = 'counters';
let seeds = 70;

/** Writes one after the other, all into the same partition. */
const write = async (stage: Stage, key: string, writesEach: number, behaviour: Behaviour = 'notes'): Promise<void> =>
  void (await stage.write(stage.producers[0], { seed: seeds++, keys: [key], writers: 1, writesEach, behaviour, partition: 0 }));

const versionsOf = async (stage: Stage, consumer: string, of: string): Promise<number[]> =>
  (await stage.trial.effects(consumer)).filter(({ key }) => key === of).map(({ version }) => version);

export function aPoisonEventParksOnlyItsKey(stage: Stage): void {
  it('sets a poison event aside and lets what follows of its key wait, in order, while other keys flow', async () => {
    const { consumers, trial } = stage;
    const consumer = 'reader.parks';
    await stage.consume(consumers[0], { consumer, kind: 'projection', follows });
    await write(stage, 'lamp', 2);
    await write(stage, 'lamp', 1, 'is-poison');
    await write(stage, 'lamp', 3);
    await write(stage, 'door', 4);
    await trial.comesToTheEnd(consumer);
    await consumers[0].ask('stop', { consumer });
    await stage.consume(consumers[1], { consumer, kind: 'projection', follows });
    await write(stage, 'lamp', 1);
    await write(stage, 'door', 1);
    await trial.comesToTheEnd(consumer);

    expect(await trial.deadLetters(consumer)).toMatchObject([{ key: 'lamp', pos: 3, reason: 'SIGNATURE_INVALID' }]);
    expect(await trial.parked(consumer)).toEqual([4, 5, 6, 11].map((pos) => ({ key: 'lamp', pos })));
    expect(await versionsOf(stage, consumer, 'lamp')).toEqual([1, 2]);
    expect(await versionsOf(stage, consumer, 'door')).toEqual([1, 2, 3, 4, 5]);
    expect(await consumers[1].ask('caughtUp', { consumer, topic: CounterAdvanced.topic.name })).toBe(false);
  });

  it('tries a failing reaction five times alone before it sets the event aside', async () => {
    const { consumers, trial } = stage;
    const consumer = 'reader.tries';
    await stage.consume(consumers[0], { consumer, kind: 'projection', follows });
    await write(stage, 'lamp', 1, 'always-fails');
    await trial.comesToTheEnd(consumer);

    expect(await trial.deadLetters(consumer)).toEqual([{ key: 'lamp', pos: 1, reason: 'HANDLER_FAILED', detail: 'Error: This event \uFFFD always fails.' }]);
    expect(stage.reacting).toHaveLength(1 + 5);
    expect(await trial.effects(consumer)).toEqual([]);
  });

  it('sets nothing aside that works in the end', async () => {
    const { consumers, trial } = stage;
    const consumer = 'reader.patience';
    await stage.consume(consumers[0], { consumer, kind: 'projection', follows });
    await write(stage, 'lamp', 3, 'fails-twice');
    await trial.comesToTheEnd(consumer);

    expect(await trial.deadLetters(consumer)).toEqual([]);
    expect(await versionsOf(stage, consumer, 'lamp')).toEqual([1, 2, 3]);
  });

  it('sets aside what is not JSON, what does not fit its schema and what hides a failed statement', async () => {
    const { consumers, trial } = stage;
    const consumer = 'reader.reads';
    await trial.append(CounterAdvanced, 'torn', '{"data":');
    await trial.append(CounterAdvanced, 'empty', 'null');
    await trial.append(CounterAdvanced, 'misfit', '{"data":{"counter":7}}');
    await write(stage, 'hider', 1, 'hides-a-failed-statement');
    await write(stage, 'lamp', 2);
    await stage.consume(consumers[0], { consumer, kind: 'projection', follows });
    await trial.comesToTheEnd(consumer);

    expect((await trial.deadLetters(consumer)).map(({ key, reason }) => `${key}: ${reason}`)).toEqual([
      'torn: MALFORMED',
      'empty: NULL_RECORD',
      'misfit: SCHEMA_INVALID',
      'hider: HANDLER_FAILED',
    ]);
    expect((await trial.effects(consumer)).map(({ key }) => key)).toEqual(['lamp', 'lamp']);
  });

  it.each(['counters', 'counters-in-batches'] as const)('loses none of the others when one of a batch of 500 is bad (%s)', async (followed) => {
    const { consumers, trial } = stage;
    const consumer = 'reader.batch';
    const many = { partition: 0, keys: Array.from({ length: 50 }, (_, index) => `lamp-${index}`) };
    await stage.write(stage.producers[0], { ...many, seed: seeds++, writers: 5, writesEach: 50 });
    await write(stage, 'rotten', 1, 'is-poison');
    await stage.write(stage.producers[0], { ...many, seed: seeds++, writers: 3, writesEach: 83 });
    await stage.consume(consumers[0], { consumer, kind: 'projection', follows: followed });
    await trial.comesToTheEnd(consumer);

    expect(await trial.deadLetters(consumer)).toMatchObject([{ key: 'rotten' }]);
    expect(await trial.findings(consumer, stage.acknowledged)).toEqual({ lost: [], skipped: ['rotten@1'], doubled: [], reordered: [] });
  });

  it('isolates an event whose own event is refused at the commit, and appends nothing for one that failed', async () => {
    const { consumers, trial } = stage;
    const consumer = 'reader.echoes';
    await write(stage, 'lamp', 30);
    await write(stage, 'fork', 1, 'forks');
    await write(stage, 'lamp', 30);
    await write(stage, 'rotten', 1, 'always-fails');
    await write(stage, 'fork', 1);
    await stage.consume(consumers[0], { consumer, kind: 'process', follows });
    await trial.comesToTheEnd(consumer);

    expect(await trial.deadLetters(consumer)).toMatchObject([
      { key: 'fork', reason: 'HANDLER_FAILED' },
      { key: 'rotten', reason: 'HANDLER_FAILED' },
    ]);
    expect(await trial.parked(consumer)).toMatchObject([{ key: 'fork' }]);
    expect(await versionsOf(stage, consumer, 'lamp')).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect((await trial.log('reader')).map(({ event }) => (JSON.parse(event) as { data: { number: number } }).data.number)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    // Together, one at a time, each alone: not once more for every try of the bad ones.
    expect(stage.reacting.length).toBeLessThan(4 * 62);
  });

  it('keeps working while another partition waits for its fifth try', async () => {
    const { producers, consumers, trial } = stage;
    const consumer = 'reader.waits';
    await stage.consume(consumers[0], { consumer, kind: 'projection', follows });
    await write(stage, 'lamp', 1, 'always-fails');
    await stage.write(producers[1], { seed: seeds++, keys: ['door'], writers: 1, writesEach: 20, partition: 3 });
    await eventually(async () => expect(await versionsOf(stage, consumer, 'door')).toHaveLength(20));
    await trial.comesToTheEnd(consumer);
    expect(await trial.deadLetters(consumer)).toHaveLength(1);
  });
}
