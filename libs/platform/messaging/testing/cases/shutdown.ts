import { expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { nothing } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';

export function stopsWhileBusy(stage: Stage): void {
  it.each(['projection', 'process', 'delivery'] as const)('finishes or gives back the batch in hand as a whole, and goes on from there (%s)', async (kind) => {
    const { producers, consumers, trial } = stage;
    const busy = { consumer: `reader.busy`, kind, follows: 'counters', slowMs: 2 } as const;
    await stage.write(producers[0], { seed: 81, keys: ['lamp', 'door', 'gate'], writers: 6, writesEach: 60 });
    for (const child of [consumers[0], consumers[1], consumers[0]]) {
      const begun = stage.reacting.length;
      await stage.consume(child, busy);
      await eventually(() => expect(stage.reacting.length).toBeGreaterThan(begun + 5));
      await child.ask('stop', busy);
      const [effects, done, reactions] = [await trial.effects(busy.consumer), await trial.done(busy.consumer), stage.reacting.length];
      expect(effects).toHaveLength(done);
      await stage.write(producers[1], { seed: 82 + begun, keys: ['lamp', 'door', 'gate'], writers: 2, writesEach: 20 });
      expect(stage.reacting).toHaveLength(reactions);
    }
    await stage.consume(consumers[1], { ...busy, slowMs: 0 });
    await trial.comesToTheEnd(busy.consumer);

    expect(await trial.log()).toHaveLength(360 + 3 * 40);
    expect(await trial.findings(busy.consumer, stage.acknowledged)).toEqual(nothing);
    expect(await trial.log('reader')).toHaveLength(kind === 'process' ? 480 : 0);
  });
}
