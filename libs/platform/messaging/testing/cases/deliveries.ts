import { expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { check } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';
import type { Effect } from '../trial/trial.ts';

const follows = 'counters';
const kind = 'delivery';

/** The effects without those that came again. */
const firstTimes = (effects: readonly Effect[]): Effect[] => {
  const seen = new Set<string>();
  return effects.filter(({ key, version }) => !seen.has(`${key}@${version}`) && seen.add(`${key}@${version}`));
};

export function deliversAtLeastOnceInOrder(stage: Stage): void {
  it('delivers in order, each partition from one process only', async () => {
    const { producers, consumers, trial } = stage;
    const consumer = 'reader.delivers';
    await Promise.all(consumers.map((child) => stage.consume(child, { consumer, kind, follows })));
    await stage.write(producers[0], { seed: 101, keys: ['lamp'], partition: 0, writers: 2, writesEach: 40 });
    await stage.write(producers[1], { seed: 102, keys: ['door'], partition: 3, writers: 2, writesEach: 40 });
    await trial.comesToTheEnd(consumer);

    const effects = await trial.effects(consumer);
    expect(await trial.findings(consumer, stage.acknowledged)).toEqual({ lost: [], skipped: [], doubled: [], reordered: [] });
    for (const key of ['lamp', 'door']) expect(new Set(effects.filter((effect) => effect.key === key).map(({ process }) => process)).size).toBe(1);
  });

  it('hands a partition to another process when its holder is killed', async () => {
    const { producers, consumers, trial } = stage;
    const consumer = 'reader.outlives';
    await Promise.all(consumers.map((child) => stage.consume(child, { consumer, kind, follows, slowMs: 20 })));
    await stage.write(producers[0], { seed: 103, keys: ['lamp'], partition: 0, writers: 1, writesEach: 60 });
    const [first] = await eventually(async () => {
      const begun = await trial.effects(consumer);
      expect(begun.length).toBeGreaterThan(10);
      return begun;
    });
    await consumers.find(({ pid }) => pid === first!.process)!.kill();
    await trial.comesToTheEnd(consumer);

    const effects = await trial.effects(consumer);
    expect(new Set(effects.map(({ process }) => process)).size).toBe(2);
    expect(check({ acknowledged: stage.acknowledged, written: await trial.log(), effects: firstTimes(effects) })).toEqual({
      lost: [],
      skipped: [],
      doubled: [],
      reordered: [],
    });
    const second = effects.filter(({ process }) => process === effects.at(-1)!.process).map(({ version }) => version);
    expect(second).toEqual(Array.from({ length: second.length }, (_, index) => 61 - second.length + index));
  });

  it('stops before the next effect when the session that holds the partition is lost', async () => {
    const { producers, consumers, trial } = stage;
    const consumer = 'reader.lets-go';
    await Promise.all(consumers.map((child) => stage.consume(child, { consumer, kind, follows, slowMs: 25 })));
    await stage.write(producers[0], { seed: 104, keys: ['lamp'], partition: 0, writers: 1, writesEach: 80 });
    await eventually(() => expect(stage.reacting.length).toBeGreaterThan(5));
    await trial.rows(
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    await trial.comesToTheEnd(consumer);

    const effects = await trial.effects(consumer);
    expect(check({ acknowledged: stage.acknowledged, written: await trial.log(), effects: firstTimes(effects) })).toMatchObject({ skipped: [], reordered: [] });
    // What was delivered since the last checkpoint may come again, if the other is quick; not all the rest of the batch.
    expect(effects.length).toBeLessThanOrEqual(90);
  });

  it('parks the key of what cannot be delivered', async () => {
    const { producers, consumers, trial } = stage;
    const consumer = 'reader.returns';
    const one = { partition: 0, writers: 1 };
    await stage.write(producers[0], { ...one, seed: 105, keys: ['lamp'], writesEach: 1, behaviour: 'is-poison' });
    await stage.write(producers[0], { ...one, seed: 106, keys: ['gate'], writesEach: 1, behaviour: 'always-fails' });
    await stage.write(producers[0], { ...one, seed: 107, keys: ['lamp', 'gate', 'door'], writesEach: 30 });
    await stage.consume(consumers[0], { consumer, kind, follows });
    await trial.comesToTheEnd(consumer);

    expect(await trial.deadLetters(consumer)).toMatchObject([
      { key: 'lamp', pos: 1, reason: 'SIGNATURE_INVALID' },
      { key: 'gate', pos: 2, reason: 'HANDLER_FAILED' },
    ]);
    const [effects, parked] = [await trial.effects(consumer), await trial.parked(consumer)];
    expect(new Set(effects.map(({ key }) => key))).toEqual(new Set(['door']));
    expect(parked.length + effects.length).toBe(30);
    expect(new Set(parked.map(({ key }) => key))).toEqual(new Set(['lamp', 'gate']));
  });
}
