import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { english } from '@mcr/event-kit';
import fc from 'fast-check';
import { agreementEntry, awardEntry, institutionEntry, microCredentialEntry, pathwayEntry } from '../testing/entries.ts';
import { type OpenRegistry, openRegistry } from '../testing/open-registry.ts';
import { noteApplied, upsertAgreements, upsertAwards, upsertInstitutions, upsertMicroCredentials, upsertPathways } from './index.ts';

const TABLES = ['institution', 'micro_credential', 'micro_credential_version', 'award', 'agreement_from', 'agreement_grant', 'agreement', 'pathway'];
let registry: OpenRegistry;
beforeAll(async () => void (registry = await openRegistry()));
afterAll(() => registry.close());

const empty = async () => {
  for (const table of TABLES) await registry.writer.query(`delete from registry.${table}`);
};
const rows = async () =>
  Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await registry.writer.query(`select * from registry.${table} t order by t`)])));

/** Three versions of each kind of row; every later one also changes what the earlier one said. */
const entries = [1, 2, 4].map((aggregateVersion) => ({
  institution: institutionEntry(1, { aggregateVersion, name: english(`Name ${aggregateVersion}`), status: aggregateVersion === 4 ? 'ACTIVE' : 'INVITED' }),
  microCredential: microCredentialEntry(1, { aggregateVersion, version: aggregateVersion, name: english(`Title ${aggregateVersion}`) }),
  award: awardEntry(1, { aggregateVersion, revision: aggregateVersion, status: aggregateVersion === 4 ? 'REVOKED' : 'ACTIVE' }),
  agreement: agreementEntry(1, { aggregateVersion, status: aggregateVersion === 4 ? 'TERMINATED' : 'ACTIVE', endDate: `2027-01-0${aggregateVersion}` }),
  pathway: pathwayEntry(1, { aggregateVersion, version: aggregateVersion, name: english(`Certificate ${aggregateVersion}`) }),
}));

const write = (batch: typeof entries) =>
  registry.writer.transaction(async (tx) => {
    await upsertInstitutions(
      tx,
      batch.map((entry) => entry.institution),
    );
    await upsertMicroCredentials(
      tx,
      batch.map((entry) => entry.microCredential),
    );
    await upsertAwards(
      tx,
      batch.map((entry) => entry.award),
    );
    await upsertAgreements(
      tx,
      batch.map((entry) => entry.agreement),
    );
    await upsertPathways(
      tx,
      batch.map((entry) => entry.pathway),
    );
  });

describe('Writing the registry', () => {
  it('ends in the same rows whatever order and batches entries come in, and however often', async () => {
    await empty();
    await write(entries);
    const expected = await rows();
    expect(expected['institution']).toMatchObject([{ name: english('Name 4'), aggregate_version: 4 }]);
    expect(expected['micro_credential']).toMatchObject([{ current_version: 4 }]);
    expect(expected['micro_credential_version']).toHaveLength(3);
    expect(expected['award']).toMatchObject([{ status: 'REVOKED' }]);

    const deliveries = fc.array(fc.subarray(entries, { minLength: 1 }), { maxLength: 3 }).chain((repeated) => {
      const batches = [...entries.map((entry) => [entry]), ...repeated];
      return fc.shuffledSubarray(batches, { minLength: batches.length });
    });
    await fc.assert(
      fc.asyncProperty(deliveries, async (batches) => {
        await empty();
        for (const batch of batches) await write(batch);
        expect(await rows()).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps every published version and makes the newest the current one', async () => {
    await empty();
    await write([entries[2]!]);
    await write([entries[0]!]);
    expect((await rows())['micro_credential_version']).toMatchObject([{ version: 1 }, { version: 4 }]);
    expect((await rows())['micro_credential']).toMatchObject([{ current_version: 4 }]);
  });

  it('takes texts with quotes, right-to-left script, emoji and 10,000 characters as they are', async () => {
    await empty();
    const name = english(`"'; drop table x; -- مرحبا 🪶 \\ {a,b} ${'x'.repeat(10_000)}`);
    await registry.writer.transaction(async (tx) => {
      await upsertInstitutions(tx, [institutionEntry(1, { name })]);
      await upsertMicroCredentials(tx, [microCredentialEntry(1, { name, description: name, codedNotation: name['en-CA'], keyword: [name['en-CA']] })]);
      await upsertAwards(tx, [awardEntry(1, { sourceAwardId: name['en-CA'] })]);
    });
    const kept = await rows();
    expect(kept['institution']).toMatchObject([{ name }]);
    expect(kept['micro_credential_version']).toMatchObject([{ name, coded_notation: name['en-CA'] }]);
    expect(kept['award']).toMatchObject([{ source_award_id: name['en-CA'] }]);
  });
});

describe('The time of the newest event', () => {
  const newest = async () => (await registry.writer.query<{ at: Date }>('select max(last_event_at) as at from registry.projection_state'))[0]!.at.toISOString();

  it('never goes back', async () => {
    await registry.writer.transaction((tx) => noteApplied(tx, 'mcr.awards.v1', '2026-10-02T00:00:00Z'));
    await registry.writer.transaction((tx) => noteApplied(tx, 'mcr.awards.v1', '2026-10-01T00:00:00Z'));
    expect(await newest()).toBe('2026-10-02T00:00:00.000Z');
  });

  it('is noted by transactions of one topic without waiting for each other', async () => {
    await registry.writer.transaction(async (one) => {
      await noteApplied(one, 'mcr.awards.v1', '2026-10-03T00:00:00Z');
      await registry.writer.transaction((other) => noteApplied(other, 'mcr.awards.v1', '2026-10-04T00:00:00Z'));
    });
    expect(await newest()).toBe('2026-10-04T00:00:00.000Z');
  });
});

describe('The reading role', () => {
  it.each([
    ['insert', `insert into registry.projection_state values ('x', 1, now())`],
    ['update', 'update registry.award set revision = 2'],
    ['delete', 'delete from registry.award'],
    ['truncate', 'truncate registry.award'],
    ['create a table', 'create table registry.mine (id int)'],
    ['create a temporary table', 'create temp table mine (id int)'],
  ])('cannot %s', async (_what, sql) => {
    await expect(registry.reader.query(sql)).rejects.toThrow(/permission denied|read-only transaction/);
    const insisting = registry.reader.transaction(async (tx) => {
      await tx.query('set transaction read write');
      await tx.query(sql);
    });
    await expect(insisting).rejects.toThrow(/permission denied/);
  });

  it('cannot see another schema', async () => {
    await expect(registry.reader.query('select * from search.secret')).rejects.toThrow(/permission denied for schema search/);
    expect(await registry.writer.query('select * from search.secret')).toEqual([]);
  });
});
