import type { Database } from '@mcr/database';
import { HealthProbe } from './http/health.controller.ts';
import type { PartState } from './http/health.controller.ts';
import type { ServiceParts } from './service-parts.ts';

async function stateOf(part: string, check: () => Promise<string | undefined>): Promise<PartState> {
  try {
    const detail = await check();
    return detail === undefined ? { part, state: 'UP' } : { part, state: 'DOWN', detail };
  } catch {
    return { part, state: 'DOWN', detail: 'It does not answer.' };
  }
}

const answers = (database: Database) => async (): Promise<undefined> => void (await database.query('select 1'));

/** Ready while every database answers and no consumer stands still. */
export class ServicesProbe extends HealthProbe {
  constructor(
    private readonly services: readonly ServiceParts[],
    private readonly registry: Database | undefined,
  ) {
    super();
  }

  parts(): Promise<PartState[]> {
    const databases = this.services.map(({ definition, database }) => stateOf(`${definition.name} database`, answers(database)));
    const registry = this.registry ? [stateOf('registry database', answers(this.registry))] : [];
    const consumers = this.services
      .filter(({ definition }) => definition.consumers?.length || definition.kafkaConsumers?.length)
      .map(({ definition, messaging }) => stateOf(`${definition.name} consumers`, async () => messaging.faults()[0]?.message));
    return Promise.all([...databases, ...registry, ...consumers]);
  }
}
