import type { Database } from '@mcr/database';
import { consumerOf } from '@mcr/messaging';
import { consumersOf } from './define-service.ts';
import { HealthProbe } from './http/health.controller.ts';
import type { PartState } from './http/health.controller.ts';
import { sendingFault } from './starting/carrier.ts';
import type { OpenedParts } from './starting/opened-parts.ts';
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

/** Ready while every database answers, every consumer runs and does not stand still, and what is written here gets to others. */
export class ServicesProbe extends HealthProbe {
  constructor(private readonly opened: Pick<OpenedParts, 'services' | 'registry' | 'consumers' | 'carrier'>) {
    super();
  }

  parts(): Promise<PartState[]> {
    const { services, registry, carrier } = this.opened;
    const databases = services.map(({ definition, database }) => stateOf(`${definition.name} database`, answers(database)));
    const shared = registry ? [stateOf('registry database', answers(registry))] : [];
    const sending = services.some(({ eventLog }) => eventLog) ? [stateOf('events for others', () => sendingFault(carrier!))] : [];
    const consumers = services
      .filter(({ definition }) => consumersOf(definition, true).length > 0)
      .map((service) => stateOf(`${service.definition.name} consumers`, async () => this.#notFlowing(service)));
    return Promise.all([...databases, ...shared, ...sending, ...consumers]);
  }

  #notFlowing({ definition, messaging }: ServiceParts): string | undefined {
    const waiting = this.opened.consumers.waiting(consumersOf(definition, true).map((consumer) => consumerOf(consumer).name));
    if (waiting.length > 0) return `Not started yet: ${waiting.join(', ')}.`;
    return messaging.faults()[0]?.message;
  }
}
