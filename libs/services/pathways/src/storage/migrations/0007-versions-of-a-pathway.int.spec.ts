import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Audit, PathwayPublished, PathwaySnapshot, PublishPathway, topics } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { UnitOfWork } from '@mcr/messaging';
import { defineService } from '@mcr/runtime';
import { type TestDatabase, type TestRegistry, aPathway, anInstitutionSnapshot, freshDatabase, principals, startServices } from '@mcr/testing';
import { Module } from '@nestjs/common';
import { pathways } from '../../pathways.service.ts';
import { logInstitution, otherServices } from '../../testing/other-services.ts';
import { createTables } from './0001-tables.ts';
import { pathwaysAndTheirGraph } from './0002-pathways.ts';
import { agreementsInEveryState } from './0003-agreements.ts';
import { answersForAYear } from './0004-answers.ts';
import { heldAwards } from './0005-held-awards.ts';
import { answersOfADay } from './0006-answers-of-a-day.ts';

@Module({})
class NothingYet {}
const migrations = [createTables, pathwaysAndTheirGraph, agreementsInEveryState, answersForAYear, heldAwards, answersOfADay];
const asItWas = defineService({ name: 'pathways', module: NothingYet, migrations, topics: [topics.transfer] });

const ubc = anInstitutionSnapshot({ code: 'UBC' });
const [advanced, corrected, retired, single] = Array.from({ length: 4 }, newCtid) as [string, string, string, string];
let fresh: TestDatabase;
beforeAll(async () => void (fresh = await freshDatabase()));
afterAll(() => fresh.drop());

/** Publishes versions as it was done then: the newest one in the table, each in the log. */
async function publishedThen(before: TestRegistry, ctid: string, firstDays: readonly string[], status = 'PUBLISHED'): Promise<void> {
  for (const [at, startDate] of firstDays.entries()) {
    const snapshot = PathwaySnapshot.parse({ ...aPathway(), ctid, version: at + 1, startDate, ownedBy: ubc.ctid, status: 'PUBLISHED' });
    await before.get<UnitOfWork>(UnitOfWork).run(async (tx) => {
      await tx.query(
        `insert into pathway (id, version, owner_id, snapshot, status, changed_by, changed_at, aggregate_version)
         values ($1, $2, $3, $4, $5, 'registrar@ministry.example', now(), $6)
         on conflict (id) do update set version = $2, snapshot = $4, aggregate_version = $6`,
        [ctid, at + 1, ubc.ctid, JSON.stringify({ ...snapshot, status }), status, at * 2 + 1],
      );
      await tx.query(
        `with head as (update graph_head set change = change + 1 returning change)
         insert into graph_change (kind, id, change) select 'PATHWAY', $1, change from head on conflict (kind, id) do update set change = excluded.change`,
        [ctid],
      );
      tx.append(PathwayPublished, snapshot, { version: at * 2 + 1, now: new Date() });
    });
  }
}

describe('A registry that knew the newest version of a pathway only', () => {
  it('learns from the log which ones still hold, under new numbers, and goes on', async () => {
    const before = await startServices([...otherServices, asItWas], { databaseUrl: fresh.adminUrl });
    await logInstitution(before, ubc);
    await publishedThen(before, advanced, ['2025-01-01', '2026-01-01', '2028-01-01', '2027-09-01']);
    await publishedThen(before, corrected, ['2026-01-01', '2026-01-01']);
    await publishedThen(before, retired, ['2026-01-01', '2027-01-01'], 'RETIRED');
    await publishedThen(before, single, ['2026-01-01']);
    const numbers = `select id, change::int as change from graph_change order by change`;
    const told = await before.database('pathways').query<{ id: string; change: number }>(numbers);
    await before.close();

    for (const start of [1, 2]) {
      const now = await startServices([...otherServices, pathways], { databaseUrl: fresh.adminUrl });
      const judging = async (pathway: string, ...days: string[]) => {
        const answers = await Promise.all(days.map((asOf) => now.call(Audit, { pathway, held: [], asOf }, principals.advisor)));
        return answers.map(({ version }) => version);
      };
      expect({ start, versions: await judging(advanced, '2025-06-01', '2026-01-01', '2027-08-31', '2027-09-01', '2028-01-01') }).toEqual({
        start,
        versions: [1, 2, 2, 4, 4],
      });
      expect(await judging(corrected, '2025-01-01', '2026-06-01')).toEqual([2, 2]);
      expect(await judging(single, '2026-06-01')).toEqual([1]);
      await expect(judging(retired, '2026-06-01')).rejects.toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
      const last = told.at(-1)!.change;
      expect(await now.database('pathways').query(numbers)).toEqual([...told.filter(({ id }) => id !== advanced), { id: advanced, change: last + 1 }]);
      expect(await now.database('pathways').query(`select change::int as change from graph_head`)).toEqual([{ change: last + 1 }]);
      await now.close();
    }

    const later = await startServices([...otherServices, pathways], { databaseUrl: fresh.adminUrl });
    await later.call(PublishPathway, { ...aPathway({ ctid: single }), version: 2, startDate: '2027-09-01' }, principals.registrar);
    expect(await later.call(Audit, { pathway: single, held: [], asOf: '2027-08-31' }, principals.advisor)).toMatchObject({ version: 1 });
    await later.close();
  });
});
