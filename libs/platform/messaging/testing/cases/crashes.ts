import { expect, it } from '@jest/globals';
import { nothing } from '../trial/checker.ts';
import type { Stage } from '../stage.ts';

export function survivesSigkill(stage: Stage): void {
  it('loses nothing that was acknowledged when a writer is killed after appending, before its commit', async () => {
    const { producers, consumers, trial } = stage;
    await stage.consume(consumers[0], { consumer: 'reader.one', kind: 'projection', follows: 'counters' });
    const load = { keys: ['lamp', 'door', 'gate'], writers: 4, writesEach: 20 };
    const point = 'after-append-before-commit';
    const dying = [1, 30].map((nth, index) => stage.write(producers[index]!, { ...load, seed: 90 + nth, dieAt: { point, nth } }));
    expect(await Promise.allSettled(dying)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    await stage.write(await stage.replaceProducer(0), { ...load, seed: 95 });
    await trial.comesToTheEnd('reader.one');

    expect((await trial.log()).length).toBeGreaterThanOrEqual(80);
    expect(await trial.logFaults()).toEqual([]);
    expect(await trial.findings('reader.one', stage.acknowledged)).toEqual(nothing);
  });

  it.each([
    ['projection', 'after-effect-before-commit'],
    ['process', 'after-append-before-commit'],
  ] as const)('does each event once although a %s is killed twice, %s', async (kind, point) => {
    const { producers, consumers, trial } = stage;
    const consuming = { consumer: 'reader.killed', kind, follows: 'counters' } as const;
    const load = { keys: ['lamp', 'door', 'gate'], writers: 4, writesEach: 25 };
    await stage.consume(consumers[0], { ...consuming, dieAt: { point, nth: 1 } });
    await stage.write(producers[0], { ...load, seed: 96 });
    await consumers[0].exited;
    await stage.consume(consumers[1], { ...consuming, dieAt: { point, nth: 2 } });
    await stage.write(producers[0], { ...load, seed: 97 });
    await consumers[1].exited;
    await stage.consume(await stage.replaceConsumer(0), consuming);
    await trial.comesToTheEnd(consuming.consumer);

    expect(await trial.log()).toHaveLength(200);
    expect(await trial.findings(consuming.consumer, stage.acknowledged)).toEqual(nothing);
    expect(await trial.log('reader')).toHaveLength(kind === 'process' ? 200 : 0);
  });
}
