import type { InjectionToken, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InputOf, OperationDefinition, OutputOf, Topic } from '@mcr/event-kit';
import type { Database, Migration } from '@mcr/database';
import type { ConsumerClass, UnitOfWork } from '@mcr/messaging';
import type { Principal } from '@mcr/identity';

/** What the handler of a command or query works with. */
export interface OperationContext {
  readonly principal: Principal;
  readonly now: Date;
  readonly unitOfWork: UnitOfWork;
  readonly database: Database;
  /** Aborted when whoever asks has gone away: work that only an answer needs may end then. */
  readonly signal?: AbortSignal;
  /** A provider of the service's own module. */
  resolve<T>(token: InjectionToken<T>): T;
}

/** A command or query together with what answers it. */
export interface OperationHandler {
  readonly definition: OperationDefinition;
  readonly answer: (input: never, context: OperationContext) => Promise<unknown>;
}

/** Binds a definition to its handler; input and output are checked around it, and so is the policy. */
export function handle<D extends OperationDefinition>(
  definition: D,
  answer: (input: InputOf<D>, context: OperationContext) => Promise<OutputOf<D>>,
): OperationHandler {
  return { definition, answer: answer as OperationHandler['answer'] };
}

/** A schema that a service owns beside its own, with the roles that may read it. */
export interface FurtherSchema {
  readonly schema: string;
  readonly migrations: readonly Migration[];
  readonly readers: readonly string[];
}

/** All that the runtime needs to host a service, in one process with others or alone. */
export interface ServiceDefinition {
  readonly name: string;
  readonly module: Type;
  readonly migrations: readonly Migration[];
  readonly schemas?: readonly FurtherSchema[];
  /** TypeORM row classes. */
  readonly entities?: readonly Type[];
  /** The topics of its own log. */
  readonly topics?: readonly Topic[];
  readonly operations?: readonly OperationHandler[];
  readonly consumers?: readonly ConsumerClass[];
  /** Deliveries to Kafka itself: consumers that run, from the beginning of their log, once Kafka is configured. */
  readonly kafkaConsumers?: readonly ConsumerClass[];
  /** Reads the shared registry with the read-only role: gives its module a `RegistryDatabase`. */
  readonly readsRegistry?: boolean;
  /** Called before the process listens, for faces that are not Nest controllers. */
  readonly http?: (app: NestFastifyApplication) => Promise<void>;
}

/** The consumers of a service that run: those to Kafka itself only where there is one. */
export const consumersOf = ({ consumers, kafkaConsumers }: ServiceDefinition, withKafka: boolean): ConsumerClass[] => [
  ...(consumers ?? []),
  ...(withKafka ? (kafkaConsumers ?? []) : []),
];

/** @throws TypeError when two operations share a name, or an operation or a topic names another service. */
export function defineService(definition: ServiceDefinition): ServiceDefinition {
  const names = (definition.operations ?? []).map((operation) => operation.definition.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new TypeError(`Service ${definition.name} answers ${twice} twice.`);
  const foreign = definition.operations?.find((operation) => operation.definition.service !== definition.name);
  if (foreign) throw new TypeError(`${foreign.definition.name} belongs to ${foreign.definition.service}, not to ${definition.name}.`);
  const borrowed = definition.topics?.find((topic) => topic.service !== definition.name);
  if (borrowed) throw new TypeError(`The topic ${borrowed.name} belongs to ${borrowed.service}, not to ${definition.name}.`);
  return Object.freeze({ ...definition });
}
