import 'reflect-metadata';
import { Controller, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { EventDefinition, Topic } from '@mcr/event-kit';
import type { EventfulTransaction } from '../unit-of-work.ts';
import { RethrowFilter } from './rethrow.filter.ts';

/**
 * What a consumer may do with an event:
 * a `projection` writes rows and may be replayed; a `process` may also append events to its own service's log;
 * a `delivery` has its effect outside the database, at least once and in order.
 */
export type ConsumerKind = 'projection' | 'process' | 'delivery';

export interface ConsumerOptions {
  /** `<service>.<what it keeps>`, such as `awards.facts`. */
  readonly name: string;
  readonly kind: ConsumerKind;
  /** Of a projection: what it consists of. Then it can be built anew beside the live one. */
  readonly tables?: ProjectionTables;
}

/** The tables that one projection writes, all of them, and that nobody else writes. */
export interface ProjectionTables {
  /** Where they are; in the service's own schema where nothing is said. */
  readonly schema?: string;
  readonly names: readonly string[];
  /** Those among them whose rows also depend on how events came, and so are not compared. */
  readonly bookkeeping?: readonly string[];
}

/** What a reaction gets beside the event: the transaction in which the checkpoint moves, and nothing else. */
export interface ReactionContext {
  readonly tx: ReactionTransaction;
}

export interface ReactionTransaction extends EventfulTransaction {
  /** While the projection is built anew: the schema that stands for its own. Only statements that name a schema need to know. */
  readonly tablesIn?: string;
}

export interface ReactionOptions {
  /** The method takes consecutive events at once, as an array. */
  readonly batch?: boolean;
}

/** What one reaction method was declared to react to. Travels as the `extras` of Nest's event pattern. */
export interface ReactionExtras extends Required<ReactionOptions> {
  readonly method: string;
  readonly definitions: readonly EventDefinition[];
}

/** A consumer as it was declared on its class. */
export interface ConsumerDeclaration extends ConsumerOptions {
  readonly transportId: symbol;
  readonly reactions: readonly ReactionExtras[];
}

/** A class that carries a consumer declaration. */
export type ConsumerClass = abstract new (...parameters: never[]) => unknown;

const REACTION = Symbol('reaction');
const CONSUMER = Symbol('consumer');

/** Marks the one method that reacts to these events. What a method does not name, its consumer passes over. */
export function ReactTo(events: EventDefinition | readonly EventDefinition[], options: ReactionOptions = {}): MethodDecorator {
  return (_target, method, descriptor) => {
    const definitions = [events].flat() as EventDefinition[];
    const extras: ReactionExtras = { method: String(method), definitions, batch: options.batch ?? false };
    Reflect.defineMetadata(REACTION, extras, descriptor.value as object);
  };
}

/**
 * Declares a named consumer. Its reactions are Nest event handlers on a transport of their own, so that handlers of the
 * same event in two consumers never meet.
 * @throws TypeError when an event type has two reactions: they would share one transaction.
 */
export function Consumer(options: ConsumerOptions): ClassDecorator {
  return (target) => {
    const transportId = Symbol(options.name);
    const prototype = target.prototype as Record<string, unknown>;
    const reactions: ReactionExtras[] = [];
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const descriptor = Object.getOwnPropertyDescriptor(prototype, method)!;
      const extras = typeof descriptor.value === 'function' ? (Reflect.getMetadata(REACTION, descriptor.value) as ReactionExtras | undefined) : undefined;
      if (!extras) continue;
      reactions.push(extras);
      const types = extras.definitions.map(({ type }) => type);
      EventPattern<string[]>(types, transportId, extras)(prototype, method, descriptor);
      UseFilters(RethrowFilter)(prototype, method, descriptor);
    }
    const types = reactions.flatMap((reaction) => reaction.definitions.map(({ type }) => type));
    const twice = types.find((type, index) => types.indexOf(type) !== index);
    if (twice) throw new TypeError(`Consumer ${options.name} has two reactions to ${twice}; one is allowed.`);
    Controller()(target);
    Reflect.defineMetadata(CONSUMER, { ...options, transportId, reactions } satisfies ConsumerDeclaration, target);
  };
}

/** @throws TypeError when the class was not declared with `@Consumer`. */
export function consumerOf(target: ConsumerClass): ConsumerDeclaration {
  const declaration = Reflect.getMetadata(CONSUMER, target) as ConsumerDeclaration | undefined;
  if (!declaration) throw new TypeError(`${target.name} is not declared with @Consumer.`);
  return declaration;
}

/** The topics that a consumer reads, each once. */
export function topicsOf({ reactions }: ConsumerDeclaration): Topic[] {
  const topics = new Map<string, Topic>();
  for (const { definitions } of reactions) for (const { topic } of definitions) topics.set(topic.name, topic);
  return [...topics.values()];
}
