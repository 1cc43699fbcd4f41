import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwardIssued, MicroCredentialPublished, awardEvents, institutionEvents, pathwayEvents, transferAgreementEvents } from '@mcr/contracts';
import type { EventDefinition, EventOf } from '@mcr/event-kit';
import type { ReactionContext } from '@mcr/messaging';
import { type TestRegistry, startServices } from '@mcr/testing';
import fc from 'fast-check';
import { search } from '../search.service.ts';
import { type Logged, history } from '../testing/history.ts';
import { otherServices } from '../testing/other-services.ts';
import { RegistryReactions } from './registry-reactions.ts';

const TABLES = [
  'institution',
  'micro_credential',
  'micro_credential_version',
  'award',
  'agreement_from',
  'agreement_grant',
  'agreement',
  'pathway',
  'projection_state',
];

let registry: TestRegistry;
beforeAll(async () => void (registry = await startServices([...otherServices, search])));
afterAll(() => registry.close());

const rowsOf = (sql: string) => registry.database('search').query(sql);

async function everyRow(): Promise<Record<string, unknown>> {
  const kept = TABLES.filter((table) => table !== 'projection_state');
  const tables = await Promise.all(kept.map(async (table) => [table, await rowsOf(`select * from registry.${table} t order by t`)] as const));
  return {
    ...Object.fromEntries(tables),
    newest: await rowsOf('select topic, max(last_event_at) from registry.projection_state group by topic order by topic'),
  };
}

const reactions = new RegistryReactions();
const isOneOf = (definitions: readonly EventDefinition[], { definition }: Logged) => definitions.some(({ type }) => type === definition.type);

/** Hands events over as a carrier may: one after another, each in a transaction. What the consumer does not list is passed over. */
async function deliver(events: readonly Logged[]): Promise<void> {
  for (const event of events) {
    await registry.parts('search').unitOfWork.run((tx) => react(event, { tx }));
  }
}

async function react(event: Logged, context: ReactionContext): Promise<void> {
  const batch = [event.envelope] as unknown[];
  if (isOneOf(institutionEvents, event)) await reactions.showInstitutionsWhenTheyChanged(batch as EventOf<(typeof institutionEvents)[number]>[], context);
  if (isOneOf(pathwayEvents, event)) await reactions.showPathwaysWhenTheyChanged(batch as EventOf<(typeof pathwayEvents)[number]>[], context);
  if (isOneOf([MicroCredentialPublished], event))
    await reactions.showMicroCredentialsWhenPublished(batch as EventOf<typeof MicroCredentialPublished>[], context);
  if (isOneOf(awardEvents, event)) await reactions.showAwardsWhenTheyChanged(batch as EventOf<typeof AwardIssued>[], context);
  if (isOneOf(transferAgreementEvents, event))
    await reactions.showAgreementsWhenTheyChanged(batch as EventOf<(typeof transferAgreementEvents)[number]>[], context);
}

const empty = async () => {
  for (const table of TABLES) await rowsOf(`delete from registry.${table}`);
};

const services = ['institutions', 'programs', 'awards', 'pathways'] as const;

/** The logs merged in some way; the order within each stays. */
const interleavings = fc
  .shuffledSubarray(
    history.map(({ service }) => service),
    { minLength: history.length },
  )
  .map((turns) => {
    const left = new Map(services.map((service) => [service, history.filter((event) => event.service === service)]));
    return turns.map((service) => left.get(service)!.shift()!);
  });

describe('The shared registry', () => {
  it('ends in the same rows for every interleaving of the topics, also when a stretch of it is delivered again', async () => {
    await empty();
    await deliver(history);
    const expected = await everyRow();
    expect(expected).toMatchObject({
      institution: expect.arrayContaining([expect.objectContaining({ code: 'BCIT', status: 'SUSPENDED', aggregate_version: 5 })]),
      micro_credential: [{ current_version: 2 }],
      award: expect.arrayContaining([expect.objectContaining({ source_award_id: 'A-1', status: 'REVOKED', aggregate_version: 2 })]),
      agreement: [expect.objectContaining({ status: 'TERMINATED', reason: 'No such course any more', aggregate_version: 5 })],
      pathway: [expect.objectContaining({ status: 'RETIRED', aggregate_version: 2 })],
      newest: [{ topic: 'mcr.awards.v1' }, { topic: 'mcr.institutions.v1' }, { topic: 'mcr.programs.v1' }, { topic: 'mcr.transfer.v1' }],
    });
    const stretch = fc.tuple(fc.nat(history.length), fc.nat(history.length));
    await fc.assert(
      fc.asyncProperty(interleavings, stretch, async (events, [one, other]) => {
        await empty();
        await deliver(events);
        await deliver(events.slice(Math.min(one, other), Math.max(one, other)));
        expect(await everyRow()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('shows nothing of a learner', async () => {
    const columns = await rowsOf(
      `select table_name, column_name from information_schema.columns where table_schema = 'registry' and column_name ~ 'learner|person|identifier'`,
    );
    expect(columns).toEqual([]);
    const { learnerRef } = history.find(({ definition }) => definition.type === AwardIssued.type)!.data as { learnerRef: string };
    expect(JSON.stringify(await everyRow())).not.toContain(learnerRef);
  });
});
