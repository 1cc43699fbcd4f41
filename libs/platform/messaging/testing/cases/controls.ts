import { expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import type { WrongWay } from '../controls/wrong-reader.ts';
import type { Stage } from '../stage.ts';
import { nothing } from '../trial/checker.ts';
import type { Findings } from '../trial/checker.ts';

const load = { keys: ['lamp', 'door', 'gate'], writers: 4, writesEach: 15 };
const consuming = { consumer: 'reader.right', kind: 'projection', follows: 'counters' } as const;
const dieAt = { point: 'after-effect-before-commit', nth: 2 } as const;

const found = (findings: Findings): string[] => Object.entries(findings).flatMap(([name, names]: [string, string[]]) => (names.length > 0 ? [name] : []));

/** Two are killed between effect and checkpoint and started again; the third is shown a log whose entries come late. */
export function wrongReadersAreCaught(stage: Stage): void {
  const killedWrongly = async (way: WrongWay): Promise<Findings> => {
    const { producers, consumers, trial } = stage;
    await consumers[0].ask('startWrong', { urls: trial.urls, way, dieAt });
    await stage.write(producers[0], { ...load, seed: 121 });
    await consumers[0].exited;
    const next = await stage.replaceConsumer(0);
    await next.ask('startWrong', { urls: trial.urls, way });
    await next.ask('stopWrong', {});
    return trial.findings(way, stage.acknowledged);
  };

  it('finds what is skipped by who moves the checkpoint before the effect and is killed', async () => {
    expect(found(await killedWrongly('checkpoint-before-effect'))).toContain('skipped');
  });

  it('finds what is doubled by who moves the checkpoint outside the transaction of the effect and is killed', async () => {
    expect(found(await killedWrongly('checkpoint-outside-transaction'))).toEqual(['doubled']);
  });

  it('finds nothing when the inbox is killed at the same place', async () => {
    const { producers, consumers, trial } = stage;
    // At the first batch: it may well take everything at once, and then there is no second.
    await stage.consume(consumers[0], { ...consuming, dieAt: { ...dieAt, nth: 1 } });
    await stage.write(producers[0], { ...load, seed: 121 });
    await consumers[0].exited;
    await stage.consume(await stage.replaceConsumer(0), consuming);
    await trial.comesToTheEnd(consuming.consumer);
    expect(await trial.findings(consuming.consumer, stage.acknowledged)).toEqual(nothing);
  });

  it('finds what is skipped by who goes on behind a gap, and nothing where the inbox waits for the same entries', async () => {
    const { producers, consumers, trial } = stage;
    const tampering = { hidden: [4, 5] };
    await consumers[0].ask('startWrong', { urls: trial.urls, way: 'gap-skipped', tampering });
    await stage.consume(consumers[1], { ...consuming, tampering });
    await stage.write(producers[0], { ...load, seed: 122, partition: 1 });
    await eventually(async () => expect(await consumers[1].ask('faults', consuming)).toMatchObject([{ kind: 'GAP' }]));
    await eventually(async () => expect((await trial.effects('gap-skipped')).length).toBeGreaterThan(10));
    await consumers[0].ask('tamperWrong', { tampering: {} });
    await consumers[1].ask('tamper', { ...consuming, tampering: {} });
    await consumers[0].ask('stopWrong', {});
    await trial.comesToTheEnd(consuming.consumer);

    expect(found(await trial.findings('gap-skipped', stage.acknowledged))).toEqual(['skipped', 'reordered']);
    expect(await trial.findings(consuming.consumer, stage.acknowledged)).toEqual(nothing);
  });
}
