import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { nothing } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';

export function survivesKilledBackends(stage: Stage): void {
  it('loses, doubles and reorders nothing while sessions are killed at random', async () => {
    const { producers, consumers, trial } = stage;
    const twins = { consumer: 'reader.unshaken', kind: 'process', follows: 'counters-in-batches' } as const;
    await Promise.all(consumers.map((child) => stage.consume(child, twins)));
    const load = { keys: ['lamp', 'door', 'gate', 'till', 'tap'], writers: 6, writesEach: 10_000, forMs: 3000, heldMs: 6, rollbacks: 0.05 };
    // What is killed are services that run; how they start is another story.
    await Promise.all(producers.map((producer, index) => stage.write(producer, { seed: index + 71, keys: load.keys, writers: 1, writesEach: 1 })));
    let writing = true;
    const writers = Promise.all(producers.map((producer, index) => stage.write(producer, { ...load, seed: index + 61 }))).finally(() => (writing = false));
    let killed = 0;
    while (writing) {
      const rows = await trial.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and usename in ('mcr_trial', 'mcr_reader') order by random() limit 1`,
      );
      killed += rows.length;
      await delay(20);
    }
    const counts = await writers;
    await trial.comesToTheEnd(twins.consumer);

    expect(killed).toBeGreaterThan(10);
    expect(counts.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(0);
    expect(await trial.logFaults()).toEqual([]);
    expect(await trial.findings(twins.consumer, stage.acknowledged)).toEqual(nothing);
    expect(await trial.log('reader')).toHaveLength((await trial.log()).length);
  });
}
