import { expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import type { Tampering } from '../processes/protocol.ts';
import type { Stage } from '../stage.ts';
import { nothing } from '../trial/checker.ts';

const consuming = { consumer: 'reader.stops', kind: 'projection', follows: 'counters' } as const;
const { consumer } = consuming;
const tenWrites = { seed: 41, keys: ['lamp'], writers: 1, writesEach: 10, partition: 2 };

/** What is wrong with the log, what is said of it, and how far the consumer may go. */
const wrongs: readonly [string, Tampering, string, number][] = [
  ['an entry is missing', { hidden: [14] }, 'GAP', 13],
  ['the newest entries are missing', { hidden: [19, 20] }, 'GAP', 18],
  ['an entry was altered', { altered: [14] }, 'CHAIN_BROKEN', 13],
  ['it is another log', { otherIdentity: true }, 'OTHER_LOG', 10],
  ['it was emptied behind the checkpoint', { emptied: true }, 'OTHER_LOG', 10],
];

export function standsStillAtAGap(stage: Stage): void {
  it.each(wrongs)('stops before it and says so when %s, and goes on by itself when the log is whole', async (_, tampering, kind, reached) => {
    const { producers, consumers, trial } = stage;
    await stage.consume(consumers[0], consuming);
    await stage.write(producers[0], tenWrites);
    await trial.comesToTheEnd(consumer);
    await consumers[0].ask('tamper', { consumer, tampering });
    await stage.write(producers[0], tenWrites);
    await eventually(async () => expect(await consumers[0].ask('faults', { consumer })).toMatchObject([{ kind }]));
    expect(await trial.done(consumer)).toBe(reached);

    await consumers[0].ask('tamper', { consumer, tampering: {} });
    await trial.comesToTheEnd(consumer);
    expect(await trial.findings(consumer, stage.acknowledged)).toEqual(nothing);
    await eventually(async () => expect(await consumers[0].ask('faults', { consumer })).toEqual([]));
  });

  it('says at its start that the log was emptied meanwhile, although nothing comes', async () => {
    const { producers, consumers, trial } = stage;
    await stage.consume(consumers[0], consuming);
    await stage.write(producers[0], tenWrites);
    await trial.comesToTheEnd(consumer);
    await consumers[0].ask('stop', { consumer });
    await stage.consume(consumers[1], { ...consuming, tampering: { emptied: true } });
    expect(await consumers[1].ask('faults', { consumer })).toMatchObject([{ kind: 'OTHER_LOG' }]);
  });

  it('lets the other partitions flow', async () => {
    const { producers, consumers, trial } = stage;
    await stage.consume(consumers[0], { ...consuming, tampering: { hidden: [1] } });
    await stage.write(producers[0], tenWrites);
    await eventually(async () => expect(await consumers[0].ask('faults', { consumer })).toMatchObject([{ kind: 'GAP' }]));
    await consumers[0].ask('tamper', { consumer, tampering: { hidden: [11] } });
    await stage.write(producers[0], { ...tenWrites, keys: ['door'], partition: 1 });
    await eventually(async () => expect((await trial.effects(consumer)).filter(({ key }) => key === 'door')).toHaveLength(10));
  });
}
