import { expect, it } from '@jest/globals';
import { nothing } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';

export function skipsNoLateCommit(stage: Stage): void {
  it('skips no commit that comes late, where a cursor over a sequence skips some of the same', async () => {
    const { producers, consumers, trial } = stage;
    await stage.consume(consumers[0], { consumer: 'reader.late', kind: 'projection', follows: 'counters-in-batches' });
    await consumers[1].ask('startNaive', { urls: trial.urls, batch: 10 });
    const load = { keys: ['lamp', 'door', 'gate', 'till', 'tap'], writers: 8, writesEach: 25, heldMs: 10, rollbacks: 0.1 };
    await Promise.all(producers.map((producer, index) => stage.write(producer, { ...load, seed: index + 11 })));
    await trial.comesToTheEnd('reader.late');
    await consumers[1].ask('stopNaive', {});

    expect(await trial.logFaults()).toEqual([]);
    expect(await trial.findings('reader.late', stage.acknowledged)).toEqual(nothing);
    expect((await trial.findings('naive', stage.acknowledged)).skipped).not.toEqual([]);
  });
}
