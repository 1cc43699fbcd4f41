import type { Database } from '@mcr/database';
import { consumerOf } from '@mcr/messaging';
import { consumersOf } from './define-service.ts';
import { HealthProbe } from './http/health.controller.ts';
import type { PartState } from './http/health.controller.ts';
import type { ConsumerStart } from './starting/consumers.ts';
import type { ServiceParts } from './starting/service-parts.ts';

async function stateOf(part: string, check: () => Promise<string | undefined>): Promise<PartState> {
  try {
    const detail = await check();
    return detail === undefined ? { part, state: 'UP' } : { part, state: 'DOWN', detail };
  } catch {
    return { part, state: 'DOWN', detail: 'It does not answer.' };
  }
}

const answers = (database: Database) => async (): Promise<undefined> => void (await database.query('select 1'));

/** Ready while every database answers, and every consumer runs and does not stand still. */
export class ServicesProbe extends HealthProbe {
  constructor(
    private readonly services: readonly ServiceParts[],
    private readonly registry: Database | undefined,
    private readonly starting: ConsumerStart,
  ) {
    super();
  }

  parts(): Promise<PartState[]> {
    const databases = this.services.map(({ definition, database }) => stateOf(`${definition.name} database`, answers(database)));
    const registry = this.registry ? [stateOf('registry database', answers(this.registry))] : [];
    const consumers = this.services
      .filter(({ definition }) => consumersOf(definition, true).length > 0)
      .map((service) => stateOf(`${service.definition.name} consumers`, async () => this.#notFlowing(service)));
    return Promise.all([...databases, ...registry, ...consumers]);
  }

  #notFlowing({ definition, messaging }: ServiceParts): string | undefined {
    const waiting = this.starting.waiting(consumersOf(definition, true).map((consumer) => consumerOf(consumer).name));
    if (waiting.length > 0) return `Not started yet: ${waiting.join(', ')}.`;
    return messaging.faults()[0]?.message;
  }
}
