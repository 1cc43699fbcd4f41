import { expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { randomOf } from '../processes/random.ts';
import type { Stage } from '../stage.ts';
import { courses, enrolments, people } from '../trial/contract.ts';
import type { Trial } from '../trial/trial.ts';

const topics = [people.name, courses.name, enrolments.name];

/** In which order what becomes visible: of this topic, everything up to this position. */
type Schedule = readonly { readonly topic: string; readonly upTo: number }[];

const orders = (of: readonly string[]): string[][] =>
  of.length === 0 ? [[]] : of.flatMap((first) => orders(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));

const wholeTopics = (): Schedule[] => orders(topics).map((order) => order.map((topic) => ({ topic, upTo: 1000 })));

/** Each topic in pieces, and the pieces shuffled into each other. */
function shuffled(seed: number): Schedule {
  const random = randomOf(seed);
  const pieces = topics.map((topic) => [2, 5, 1000].map((upTo) => ({ topic, upTo: upTo === 1000 ? upTo : upTo + Math.floor(random() * 3) })));
  const schedule: { topic: string; upTo: number }[] = [];
  while (pieces.some((left) => left.length > 0)) {
    const left = pieces.filter((one) => one.length > 0);
    schedule.push(left[Math.floor(random() * left.length)]!.shift()!);
  }
  return schedule;
}

/** What a reader holds, by table. */
const stateOf = (trial: Trial, consumer: string): Promise<unknown[]> =>
  Promise.all([
    trial.rows('select person, name, versions from reader.person where consumer = $1 order by person', [consumer]),
    trial.rows('select course, title, versions from reader.course where consumer = $1 order by course', [consumer]),
    trial.rows('select enrolment, person, course, status, versions from reader.enrolment where consumer = $1 order by enrolment', [consumer]),
  ]);

async function visible(trial: Trial, upTo: Record<string, number>): Promise<number> {
  const heads = await trial.rows<{ topic: string; pos: string }>('select topic, pos from trial.log_head');
  return heads.reduce((sum, { topic, pos }) => sum + Math.min(Number(pos), upTo[topic] ?? 0), 0);
}

export function doesNotDependOnTheInterleaving(stage: Stage): void {
  it('reaches the same state in whichever order topics arrive', async () => {
    const { producers, consumers, trial } = stage;
    await producers[0].ask('register', { urls: trial.urls });
    const schedules = [...wholeTopics(), ...[1, 2, 3, 4, 5, 6].map(shuffled)];
    const states: unknown[] = [];
    for (const [index, schedule] of schedules.entries()) {
      const consumer = `reader.order${index}`;
      await stage.consume(consumers[0], { consumer, kind: 'projection', follows: 'registrations', tampering: { upTo: {} } });
      const upTo: Record<string, number> = {};
      for (const step of schedule) {
        upTo[step.topic] = step.upTo;
        await consumers[0].ask('tamper', { consumer, tampering: { upTo } });
        await eventually(async () => expect(await trial.done(consumer)).toBe(await visible(trial, upTo)));
      }
      await consumers[0].ask('stop', { consumer });
      states.push(await stateOf(trial, consumer));
    }

    const [people, , enrolled] = states[0] as [object[], object[], object[]];
    expect(people[0]).toEqual({ person: 'ada', name: 'ada the 3.', versions: [1, 2, 3] });
    expect(enrolled).toHaveLength(9);
    for (const state of states) expect(state).toEqual(states[0]);
  });
}
