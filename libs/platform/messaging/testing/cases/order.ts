import { expect, it } from '@jest/globals';
import { nothing } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';

const keys = (count: number, name: string): string[] => Array.from({ length: count }, (_, index) => `${name}-${index}`);

export function keepsTheOrderOfEachKey(stage: Stage): void {
  it('applies what many writers in two processes write, each key in its order, each event once', async () => {
    const { producers, consumers, trial } = stage;
    await stage.consume(consumers[0], { consumer: 'reader.one', kind: 'projection', follows: 'counters' });
    await stage.consume(consumers[1], { consumer: 'reader.batches', kind: 'projection', follows: 'counters-in-batches' });
    const load = { keys: keys(40, 'lamp'), writers: 8, writesEach: 40, heldMs: 4, rollbacks: 0.15 };
    const counts = await Promise.all(producers.map((producer, index) => stage.write(producer, { ...load, seed: index + 1 })));
    await trial.comesToTheEnd('reader.one');
    await trial.comesToTheEnd('reader.batches');

    expect(counts.every(({ refused }) => refused > 0)).toBe(true);
    expect(stage.acknowledged).toHaveLength(counts.reduce((sum, { acknowledged }) => sum + acknowledged, 0));
    expect(await trial.log()).toHaveLength(stage.acknowledged.length);
    expect(await trial.logFaults()).toEqual([]);
    expect(await trial.findings('reader.one', stage.acknowledged)).toEqual(nothing);
    expect(await trial.findings('reader.batches', stage.acknowledged)).toEqual(nothing);
  });
}
