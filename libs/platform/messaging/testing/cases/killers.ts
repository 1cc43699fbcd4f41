import { expect, it } from '@jest/globals';
import type { ConsumerKind } from '../../src/index.ts';
import type { Child } from '../processes/child.ts';
import type { Consuming } from '../processes/protocol.ts';
import type { Stage } from '../stage.ts';
import type { Behaviour } from '../trial/contract.ts';

/** How often a process died while it was alone with an event, by position. */
type Deaths = Record<number, number>;

/** As a supervisor would: starts the consumer again and again until it has come to the end. */
async function keepRunning(stage: Stage, consuming: Omit<Consuming, 'urls'>): Promise<{ deaths: number; alone: Deaths }> {
  const { trial } = stage;
  const alone: Deaths = {};
  for (let deaths = 0; ; deaths++) {
    const child: Child = await stage.replaceConsumer(0);
    const died = child.exited.then(() => true);
    const started = stage.consume(child, consuming).catch(() => undefined);
    const ended = started
      .then(() => trial.comesToTheEnd(consuming.consumer))
      .then(
        () => false,
        () => died,
      );
    if (!(await Promise.race([died, ended]))) return { deaths, alone };
    const [noted] = await trial.rows<{ pos: number }>('select alone_pos::int as pos from reader.attempt where consumer = $1 and alone_pos is not null', [
      consuming.consumer,
    ]);
    if (noted) alone[noted.pos] = (alone[noted.pos] ?? 0) + 1;
  }
}

/** Good events of ten keys with a killer after each part, all in one partition. Returns the killers' positions. */
async function writeWithKillers(stage: Stage, killers: readonly Behaviour[]): Promise<number[]> {
  const { producers, trial } = stage;
  const positions: number[] = [];
  for (const [index, behaviour] of killers.entries()) {
    const keys = Array.from({ length: 10 }, (_, key) => `good-${key}`);
    await stage.write(producers[0], { seed: 300 + index, keys, writers: 2, writesEach: 15, partition: 0 });
    await stage.write(producers[0], { seed: 400 + index, keys: [`killer-${index}`], writers: 1, writesEach: 1, partition: 0, behaviour });
    positions.push((await trial.log()).length);
    await stage.write(producers[0], { seed: 500 + index, keys: [`killer-${index}`], writers: 1, writesEach: 1, partition: 0 });
  }
  return positions;
}

/** Each killer ends the process: it exits, or runs out of memory. */
export function parksKillers(stage: Stage, kind: ConsumerKind, killers: readonly Behaviour[]): void {
  it(
    `sets aside each event of a ${kind} that ended the process three times alone, and does all the rest (${killers.join(', ')})`,
    async () => {
      const { trial } = stage;
      const consumer = 'reader.dies';
      const positions = await writeWithKillers(stage, killers);
      const { deaths, alone } = await keepRunning(stage, { consumer, kind, follows: 'counters' });

      expect(alone).toEqual(Object.fromEntries(positions.map((pos) => [pos, 3])));
      expect(deaths).toBeLessThanOrEqual(4 * positions.length);
      expect((await trial.deadLetters(consumer)).map(({ pos, reason }) => `${pos} ${reason}`)).toEqual(positions.map((pos) => `${pos} HANDLER_KILLED`));
      expect((await trial.parked(consumer)).map(({ pos }) => pos)).toEqual(positions.map((pos) => pos + 1));

      await stage.write(stage.producers[0], { seed: 600, keys: ['good-0'], writers: 1, writesEach: 5, partition: 0 });
      await trial.comesToTheEnd(consumer);
      const killed = new Set(positions.flatMap((_, index) => [`killer-${index}@1`, `killer-${index}@2`]));
      const findings = await trial.findings(consumer, stage.acknowledged);
      expect({ ...findings, skipped: new Set(findings.skipped), doubled: kind === 'delivery' ? [] : findings.doubled }).toEqual({
        lost: [],
        skipped: killed,
        doubled: [],
        reordered: [],
      });
    },
    30_000 + 30_000 * killers.length,
  );
}

export function parksWhatKillsTheProcess(stage: Stage): void {
  parksKillers(stage, 'projection', ['exits']);
  parksKillers(stage, 'delivery', ['exits']);

  it('condemns no event because the machine is killed again and again', async () => {
    const { producers, trial } = stage;
    const consuming = { consumer: 'reader.unlucky', kind: 'projection', follows: 'counters' } as const;
    await stage.write(producers[0], { seed: 700, keys: ['lamp', 'door'], writers: 1, writesEach: 30, partition: 0 });
    for (let death = 0; death < 5; death++) {
      const child = await stage.replaceConsumer(0);
      await stage.consume(child, { ...consuming, dieAt: { point: 'after-effect-before-commit', nth: 1 } }).catch(() => undefined);
      await child.exited;
    }
    await stage.consume(await stage.replaceConsumer(0), consuming);
    await trial.comesToTheEnd(consuming.consumer);

    expect(await trial.deadLetters(consuming.consumer)).toEqual([]);
    expect(await trial.findings(consuming.consumer, stage.acknowledged)).toEqual({ lost: [], skipped: [], doubled: [], reordered: [] });
  }, 30_000);
}
