import { z } from 'zod';
import { defineEvent, defineTopic } from '@mcr/event-kit';

/**
 * What flows in these tests. The service `trial` counts and enrols; the service `reader` follows it with consumers of
 * every kind, and writes a log of its own.
 */
export const counters = defineTopic({ name: 'mcr.trial.counters.v1', partitions: 4, service: 'trial' });
export const people = defineTopic({ name: 'mcr.trial.people.v1', partitions: 1, service: 'trial' });
export const courses = defineTopic({ name: 'mcr.trial.courses.v1', partitions: 1, service: 'trial' });
export const enrolments = defineTopic({ name: 'mcr.trial.enrolments.v1', partitions: 2, service: 'trial' });
export const echoes = defineTopic({ name: 'mcr.reader.echoes.v1', partitions: 2, service: 'reader' });

export const trialTopics = [counters, people, courses, enrolments];
export const readerTopics = [echoes];

/** What a reaction does with the event, beside noting it. */
export const behaviours = [
  'notes',
  'is-poison',
  'always-fails',
  'fails-twice',
  'hides-a-failed-statement',
  'forks',
  'waits-for-mending',
  'exits',
  'eats-memory',
] as const;
export type Behaviour = (typeof behaviours)[number];

/** A counter reached its next number, which is its version too. */
export const CounterAdvanced = defineEvent({
  type: 'ca.bc.mcr.counter.advanced.v1',
  topic: counters,
  key: ({ counter }) => counter,
  data: z.object({ counter: z.string(), number: z.int().positive(), behaviour: z.enum(behaviours).default('notes'), padding: z.string().optional() }),
});

export const PersonNamed = defineEvent({
  type: 'ca.bc.mcr.person.named.v1',
  topic: people,
  key: ({ person }) => person,
  data: z.object({ person: z.string(), name: z.string() }),
});

export const CourseTitled = defineEvent({
  type: 'ca.bc.mcr.course.titled.v1',
  topic: courses,
  key: ({ course }) => course,
  data: z.object({ course: z.string(), title: z.string() }),
});

export const EnrolmentChanged = defineEvent({
  type: 'ca.bc.mcr.enrolment.changed.v1',
  topic: enrolments,
  key: ({ enrolment }) => enrolment,
  data: z.object({ enrolment: z.string(), person: z.string(), course: z.string(), status: z.enum(['ENROLLED', 'COMPLETED', 'WITHDRAWN']) }),
});

/** What the reader's process writes once for each event that it handles. */
export const CounterEchoed = defineEvent({
  type: 'ca.bc.mcr.counter.echoed.v1',
  topic: echoes,
  key: ({ counter }) => counter,
  data: z.object({ counter: z.string(), number: z.int().positive() }),
});
