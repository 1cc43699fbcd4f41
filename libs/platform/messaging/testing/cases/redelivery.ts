import { expect, it } from '@jest/globals';
import { nothing } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';

export function redeliveryHasNoEffect(stage: Stage): void {
  it('drops what is handed over again, from earlier positions and with any overlap', async () => {
    const { producers, consumers, trial } = stage;
    const consumer = 'reader.repeats';
    await stage.consume(consumers[0], { consumer, kind: 'projection', follows: 'counters', tampering: { repeats: 1000 } });
    for (let round = 0; round < 4; round++) {
      await stage.write(producers[0], { seed: 21 + round, keys: ['lamp', 'door', 'gate', 'till'], writers: 4, writesEach: 15 });
      await trial.comesToTheEnd(consumer);
    }

    expect(await consumers[0].ask('entriesRead', { consumer })).toBeGreaterThan(2 * (await trial.log()).length);
    expect(await trial.findings(consumer, stage.acknowledged)).toEqual(nothing);
  });

  it('does not do again, after a restart, what the checkpoint says was done', async () => {
    const { producers, consumers, trial } = stage;
    const consuming = { consumer: 'reader.restarts', kind: 'projection', follows: 'counters' } as const;
    for (const [round, child] of [consumers[0], consumers[1], consumers[0]].entries()) {
      await stage.consume(child, consuming);
      await stage.write(producers[0], { seed: 30 + round, keys: ['lamp', 'door'], writers: 2, writesEach: 10 });
      await trial.comesToTheEnd(consuming.consumer);
      await child.ask('stop', consuming);
    }

    expect(await trial.effects(consuming.consumer)).toHaveLength(60);
    expect(await trial.findings(consuming.consumer, stage.acknowledged)).toEqual(nothing);
  });
}
