import { openDatabase } from '@mcr/database';
import type { Database, SchemaPlan } from '@mcr/database';
import { EventLog, Messaging, UnitOfWork, logHeadMigrations, messagingMigrations, standbySchema } from '@mcr/messaging';
import type { AtFaultPoint, Carrier } from '@mcr/messaging';
import type { ServiceDefinition } from '../define-service.ts';
import type { Logger } from '../logger.ts';

/** A service as it runs in this process. */
export interface ServiceParts {
  readonly definition: ServiceDefinition;
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly messaging: Messaging;
  /** What it writes; undefined for a service that publishes nothing. */
  readonly eventLog: EventLog | undefined;
}

/** The role that may read the shared registry and nothing else. */
export const REGISTRY_READER = 'mcr_registry_reader';

/** The schemas that a service owns: its own, with the tables of messaging, those it declares beside, and one in which projections are built anew. */
export function plansOf(service: ServiceDefinition): SchemaPlan[] {
  const messaging = { owner: 'messaging', steps: [...messagingMigrations] };
  const topics = { owner: 'topics', steps: logHeadMigrations(service.topics ?? []) };
  const own: SchemaPlan = {
    schema: service.name,
    service: service.name,
    migrations: [messaging, topics, { owner: service.name, steps: [...service.migrations] }],
  };
  const further = (service.schemas ?? []).map(({ schema, migrations, readers }): SchemaPlan => ({
    schema,
    service: service.name,
    migrations: [{ owner: schema, steps: [...migrations] }],
    readers: [...readers],
  }));
  const standby: SchemaPlan = { schema: standbySchema(service.name), service: service.name, migrations: [] };
  return [own, ...further, ...(service.consumers?.length ? [standby] : [])];
}

export const openServiceDatabase = ({ name, entities }: ServiceDefinition, url: string, poolSize?: number): Promise<Database> =>
  openDatabase({ service: name, schema: name, url, entities: [...(entities ?? [])], ...(poolSize === undefined ? {} : { poolSize }) });

export interface ServicePartsOptions {
  readonly carrier: Carrier;
  readonly log: Logger;
  readonly atFaultPoint?: AtFaultPoint;
}

/** Puts a service's log on the carrier. Its consumers start later, with Nest. */
export function assembleService(definition: ServiceDefinition, database: Database, { carrier, log, atFaultPoint }: ServicePartsOptions): ServiceParts {
  const faults = atFaultPoint ? { atFaultPoint } : {};
  const unitOfWork = new UnitOfWork(database, { onAppended: (topics) => carrier.wake(topics), ...faults });
  const eventLog = definition.topics?.length ? new EventLog(database, definition.topics) : undefined;
  if (eventLog) carrier.carry(eventLog, database);
  return { definition, database, unitOfWork, eventLog, messaging: new Messaging({ unitOfWork, carrier, log, ...faults }) };
}
