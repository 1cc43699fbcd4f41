import { setTimeout as delay } from 'node:timers/promises';
import { Ctx, Payload } from '@nestjs/microservices';
import type { EventOf } from '@mcr/event-kit';
import { Database } from '@mcr/database';
import { Consumer, Poison, ReactTo } from '../../src/index.ts';
import type { ConsumerClass, EventfulTransaction, ReactionContext } from '../../src/index.ts';
import { CounterAdvanced, CounterEchoed, CourseTitled, EnrolmentChanged, PersonNamed } from '../trial/contract.ts';
import type { Consuming } from './protocol.ts';

type Advanced = EventOf<typeof CounterAdvanced>;

const note = 'insert into effect (consumer, key, version, process) select $1, *, $4 from unnest($2::text[], $3::int[])';
const noted = (consumer: string, events: readonly Advanced[]): unknown[] => [
  consumer,
  events.map(({ partitionkey }) => partitionkey),
  events.map(({ data }) => data.number),
  process.pid,
];

const failures = new Map<string, number>();

/** What the event says of itself. */
async function behave({ id, data }: Advanced, tx: EventfulTransaction): Promise<void> {
  switch (data.behaviour) {
    case 'notes':
      return;
    case 'is-poison':
      throw new Poison('SIGNATURE_INVALID', 'This event says that it is poison.');
    case 'always-fails':
      throw new Error('This event \u0000 always fails.');
    case 'fails-twice': {
      const failed = (failures.get(id) ?? 0) + 1;
      failures.set(id, failed);
      if (failed <= 2) throw new Error('This event fails twice.');
      return;
    }
    case 'hides-a-failed-statement':
      await tx.query('select 1 / 0').catch(() => undefined);
      return;
    case 'waits-for-mending':
      if ((await tx.query('select from mended where key = $1', [data.counter])).length === 0)
        throw new Poison('SCHEMA_INVALID', 'This reaction is not mended yet.');
      return;
    case 'exits':
      process.exit(7);
    // eslint-disable-next-line no-fallthrough -- the process is over
    case 'eats-memory':
      for (const eaten: unknown[] = []; ;) eaten.push(new Array(1_000_000).fill(eaten.length));
    case 'forks':
      tx.append(CounterEchoed, { counter: data.counter, number: data.number }, { version: 1 });
      tx.append(CounterEchoed, { counter: data.counter, number: data.number }, { version: 1 });
  }
}

function countingOneByOne({ consumer, kind, slowMs = 0 }: Consuming): ConsumerClass {
  @Consumer({ name: consumer, kind })
  class CountsOneByOne {
    @ReactTo(CounterAdvanced)
    async note(@Payload() event: Advanced, @Ctx() { tx }: ReactionContext): Promise<void> {
      await tx.query(note, noted(consumer, [event]));
      if (kind === 'process') tx.append(CounterEchoed, { counter: event.data.counter, number: event.data.number });
      await behave(event, tx);
      if (slowMs > 0) await delay(slowMs);
    }
  }
  return CountsOneByOne;
}

function countingInBatches({ consumer, kind, slowMs = 0 }: Consuming): ConsumerClass {
  @Consumer({ name: consumer, kind })
  class CountsInBatches {
    @ReactTo(CounterAdvanced, { batch: true })
    async note(@Payload() events: readonly Advanced[], @Ctx() { tx }: ReactionContext): Promise<void> {
      await tx.query(note, noted(consumer, events));
      for (const event of events) {
        await behave(event, tx);
        if (kind === 'process') tx.append(CounterEchoed, { counter: event.data.counter, number: event.data.number });
      }
      if (slowMs > 0) await delay(slowMs);
    }
  }
  return CountsInBatches;
}

/** Its effect is outside the consumer's transaction; here, a row that nothing rolls back. */
function delivering({ consumer, slowMs = 0 }: Consuming): ConsumerClass {
  @Consumer({ name: consumer, kind: 'delivery' })
  class Delivers {
    readonly #outside: Database;

    constructor(outside: Database) {
      this.#outside = outside;
    }

    @ReactTo(CounterAdvanced)
    async deliver(@Payload() event: Advanced): Promise<void> {
      if (event.data.behaviour === 'is-poison') throw new Poison('SIGNATURE_INVALID', 'This event says that it is poison.');
      if (event.data.behaviour === 'always-fails') throw new Error('This event always fails.');
      if (event.data.behaviour === 'exits') process.exit(7);
      if (event.data.behaviour === 'waits-for-mending' && (await this.#outside.query('select from mended where key = $1', [event.data.counter])).length === 0)
        throw new Poison('SCHEMA_INVALID', 'This reaction is not mended yet.');
      await this.#outside.query(note, noted(consumer, [event]));
      if (slowMs > 0) await delay(slowMs);
    }
  }
  return Delivers;
}

const upsert = (table: string, columns: string): string =>
  `insert into ${table} (consumer, ${columns}, versions) values ($1, ${columns
    .split(', ')
    .map((_, index) => `$${index + 3}`)
    .join(', ')}, array[$2::int])
   on conflict (consumer, ${table}) do update set (${columns}) = row(${columns
     .split(', ')
     .map((column) => `excluded.${column}`)
     .join(', ')}),
     versions = ${table}.versions || excluded.versions`;

/** Three topics that speak of each other, and come in any order. */
function registering({ consumer, kind }: Consuming): ConsumerClass {
  @Consumer({ name: consumer, kind })
  class Registers {
    @ReactTo(PersonNamed)
    async namePerson(@Payload() { data, aggregateversion }: EventOf<typeof PersonNamed>, @Ctx() { tx }: ReactionContext): Promise<void> {
      await tx.query(upsert('person', 'person, name'), [consumer, aggregateversion, data.person, data.name]);
    }

    @ReactTo(CourseTitled)
    async titleCourse(@Payload() { data, aggregateversion }: EventOf<typeof CourseTitled>, @Ctx() { tx }: ReactionContext): Promise<void> {
      await tx.query(upsert('course', 'course, title'), [consumer, aggregateversion, data.course, data.title]);
    }

    @ReactTo(EnrolmentChanged)
    async changeEnrolment(@Payload() { data, aggregateversion }: EventOf<typeof EnrolmentChanged>, @Ctx() { tx }: ReactionContext): Promise<void> {
      const { enrolment, person, course, status } = data;
      await tx.query(upsert('enrolment', 'enrolment, person, course, status'), [consumer, aggregateversion, enrolment, person, course, status]);
    }
  }
  return Registers;
}

/** The consumer that the test asked for, declared as a service would declare it. */
export function consumerClassFor(consuming: Consuming): ConsumerClass {
  if (consuming.kind === 'delivery') return delivering(consuming);
  if (consuming.follows === 'registrations') return registering(consuming);
  return consuming.follows === 'counters' ? countingOneByOne(consuming) : countingInBatches(consuming);
}
