import { setTimeout as delay } from 'node:timers/promises';
import { isTransient, openDatabase } from '@mcr/database';
import type { Database } from '@mcr/database';
import { EventLog, UnitOfWork } from '../../src/index.ts';
import type { Carrier } from '../../src/index.ts';
import { carrierFor } from '../carriers/chosen.ts';
import { CounterAdvanced, CourseTitled, EnrolmentChanged, PersonNamed, trialTopics } from '../trial/contract.ts';
import { named } from '../trial/checker.ts';
import type { Named } from '../trial/checker.ts';
import type { TrialUrls, Writing } from './protocol.ts';
import { randomOf } from './random.ts';
import { dyingAt, log, serve, tell } from './serve.ts';

class RolledBack extends Error {}

/** Advances one counter: the fact, its event, and a row in the outbox that only the control reads. */
function advance(unitOfWork: UnitOfWork, writing: Writing, random: () => number): Promise<Named> {
  const key = writing.keys[Math.floor(random() * writing.keys.length)]!;
  const pauseMs = random() * (writing.heldMs ?? 0);
  const rollBack = random() < (writing.rollbacks ?? 0);
  return unitOfWork.run(async (tx) => {
    const [row] = await tx.query<{ number: number }>(
      'insert into counter (key, number) values ($1, 1) on conflict (key) do update set number = counter.number + 1 returning number',
      [key],
    );
    const version = row!.number;
    await tx.query('insert into outbox (key, version) values ($1, $2)', [key, version]);
    if (pauseMs > 0) await delay(pauseMs);
    const place = writing.partition === undefined ? {} : { partition: writing.partition };
    tx.append(CounterAdvanced, { counter: key, number: version, behaviour: writing.behaviour ?? 'notes' }, { version, ...place });
    if (rollBack) throw new RolledBack();
    return named({ key, version });
  });
}

/** One writer: write after write, whatever becomes of each. */
async function keepWriting(unitOfWork: UnitOfWork, writing: Writing, seed: number): Promise<{ acknowledged: number; refused: number }> {
  const random = randomOf(seed);
  const counts = { acknowledged: 0, refused: 0 };
  const end = Date.now() + (writing.forMs ?? Infinity);
  for (let write = 0; write < writing.writesEach && Date.now() < end; write++) {
    try {
      tell({ acknowledged: await advance(unitOfWork, writing, random) });
      counts.acknowledged += 1;
    } catch (error) {
      if (!(error instanceof RolledBack) && !isTransient(error)) throw error;
      counts.refused += 1;
    }
  }
  return counts;
}

/** The service `trial`, put together as the runtime does it; open from the first write of a case to its end. */
let service: { readonly url: string; readonly database: Database; readonly carrier: Carrier } | undefined;

async function close(): Promise<void> {
  await service?.carrier.close();
  await service?.database.close();
  service = undefined;
}

async function serviceAt({ trial: url }: TrialUrls): Promise<NonNullable<typeof service>> {
  if (service?.url === url) return service;
  await close();
  const database = await openDatabase({ service: 'trial', schema: 'trial', url, poolSize: 9 });
  const carrier = carrierFor(log, url);
  carrier.carry(new EventLog(database, trialTopics), database);
  return (service = { url, database, carrier });
}

async function write(writing: Writing): Promise<{ acknowledged: number; refused: number }> {
  const { database, carrier } = await serviceAt(writing.urls);
  const random = randomOf(writing.seed);
  const die = dyingAt(writing.dieAt);
  const unitOfWork = new UnitOfWork(database, {
    onAppended: (topics) => carrier.wake(topics),
    atFaultPoint: async (point) => {
      if (writing.heldMs) await delay(random() * writing.heldMs);
      await die(point);
    },
  });
  const counts = await Promise.all(Array.from({ length: writing.writers }, (_, index) => keepWriting(unitOfWork, writing, writing.seed * 1000 + index)));
  return { acknowledged: counts.reduce((sum, one) => sum + one.acknowledged, 0), refused: counts.reduce((sum, one) => sum + one.refused, 0) };
}

/** Three people, three courses and who takes which, each told in several versions. */
async function register({ urls }: { readonly urls: TrialUrls }): Promise<void> {
  const { database, carrier } = await serviceAt(urls);
  const unitOfWork = new UnitOfWork(database, { onAppended: (topics) => carrier.wake(topics) });
  for (const [index, status] of (['ENROLLED', 'WITHDRAWN', 'COMPLETED'] as const).entries()) {
    const version = index + 1;
    await unitOfWork.run(async (tx) => {
      for (const person of ['ada', 'bo', 'chi']) {
        tx.append(PersonNamed, { person, name: `${person} the ${version}.` }, { version });
        tx.append(CourseTitled, { course: `course of ${person}`, title: `Edition ${version}` }, { version });
        for (const teacher of ['ada', 'bo', 'chi'])
          tx.append(EnrolmentChanged, { enrolment: `${person} with ${teacher}`, person, course: `course of ${teacher}`, status }, { version });
      }
    });
  }
}

serve({ write, register, stopAll: close });
