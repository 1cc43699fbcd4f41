import { openDatabase, roleUrl, rolesOf } from '@mcr/database';
import type { Database, SchemaPlan } from '@mcr/database';
import { EventLog, Messaging, UnitOfWork, logHeadMigrations, messagingMigrations } from '@mcr/messaging';
import type { AtFaultPoint, Carrier } from '@mcr/messaging';
import type { ServiceDefinition } from './define-service.ts';
import type { Logger } from './logger.ts';

/** A service as it runs in this process. */
export interface ServiceParts {
  readonly definition: ServiceDefinition;
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly messaging: Messaging;
}

/** The role that may read the shared registry and nothing else. */
export const REGISTRY_READER = 'mcr_registry_reader';

/** The schemas that a service owns: its own, with the tables of messaging, and those it declares beside. */
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
  return [own, ...further];
}

export interface OpenServiceOptions {
  readonly adminUrl: string;
  readonly passwords: (role: string) => string;
  readonly carrier: Carrier;
  readonly log: Logger;
  readonly poolSize?: number;
  readonly atFaultPoint?: AtFaultPoint;
}

/** Opens a service's database and puts its log on the carrier. Its consumers start later, with Nest. */
export async function openService(definition: ServiceDefinition, options: OpenServiceOptions): Promise<ServiceParts> {
  const { carrier, log, atFaultPoint } = options;
  const role = rolesOf(definition.name).running;
  const database = await openDatabase({
    service: definition.name,
    schema: definition.name,
    url: roleUrl(options.adminUrl, role, options.passwords(role)),
    entities: [...(definition.entities ?? [])],
    ...(options.poolSize === undefined ? {} : { poolSize: options.poolSize }),
  });
  const unitOfWork = new UnitOfWork(database, { onAppended: (topics) => carrier.wake(topics), ...(atFaultPoint ? { atFaultPoint } : {}) });
  if (definition.topics?.length) carrier.carry(new EventLog(database, definition.topics));
  return { definition, database, unitOfWork, messaging: new Messaging({ unitOfWork, carrier, log, ...(atFaultPoint ? { atFaultPoint } : {}) }) };
}
