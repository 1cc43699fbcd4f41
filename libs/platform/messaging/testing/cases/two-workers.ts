import { expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { nothing } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';

export function twoWorkersDoNotDouble(stage: Stage): void {
  it('does each event once when two processes work on the same consumer', async () => {
    const { producers, consumers, trial } = stage;
    const consuming = { consumer: 'reader.twins', kind: 'process', follows: 'counters' } as const;
    await Promise.all(consumers.map((child) => stage.consume(child, consuming)));
    const keys = ['lamp', 'door', 'gate', 'till', 'tap', 'sink', 'desk', 'chair'];
    const load = { keys, writers: 4, writesEach: 50 };
    await Promise.all(producers.map((producer, index) => stage.write(producer, { ...load, seed: index + 51 })));
    await trial.comesToTheEnd(consuming.consumer);

    expect(await trial.log()).toHaveLength(400);
    expect(await trial.findings(consuming.consumer, stage.acknowledged)).toEqual(nothing);
    expect(await trial.log('reader')).toHaveLength(400);
    // Each worked, whether the carrier shares the partitions out or hands everything to both.
    await eventually(async () => {
      const [one, other] = await Promise.all(consumers.map((child) => child.ask('entriesRead', consuming)));
      expect(Math.min(one!, other!)).toBeGreaterThan(0);
      expect(one! + other!).toBeGreaterThanOrEqual(400);
    });
  });
}
