import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { english } from '@mcr/event-kit';
import {
  agreementCtid,
  agreementEntry,
  awardEntry,
  institutionCtid,
  institutionEntry,
  microCredentialCtid,
  microCredentialEntry,
  pathwayCtid,
} from '../../testing/entries.ts';
import { type OpenRegistry, openRegistry } from '../../testing/open-registry.ts';
import { allOf } from '../../testing/pages.ts';
import { noteApplied, upsertAgreements, upsertAwards, upsertInstitutions, upsertMicroCredentials } from '../../write/index.ts';
import { registryStatus } from '../status/registry-status.ts';
import { agreementsByCtid } from './agreements-by-ctid.ts';
import { type AgreementFilter, agreements } from './agreements.ts';

const asOf = new Date('2026-11-01T20:00:00Z');
let registry: OpenRegistry;
beforeAll(async () => void (registry = await openRegistry()));
afterAll(() => registry.close());

const ctids = async (filter: AgreementFilter, at = asOf) =>
  (await agreements(registry.reader, { filter, asOf: at, first: 100 })).edges.map(({ node }) => node.ctid);

describe('An empty registry', () => {
  it('counts nothing, and has taken in no event', async () => {
    expect(await registryStatus(registry.reader)).toEqual({ institutions: 0, microCredentials: 0, awards: 0, agreements: 0, lastEventAt: null });
  });
});

describe('The list of agreements', () => {
  beforeAll(() =>
    registry.writer.transaction(async (tx) => {
      await upsertInstitutions(tx, [institutionEntry(1, { code: 'BCIT' }), institutionEntry(2, { code: 'UBC' })]);
      await upsertMicroCredentials(tx, [microCredentialEntry(1, { name: english('Welding') })]);
      await upsertAgreements(tx, [
        agreementEntry(1, { endDate: '2026-10-31' }),
        agreementEntry(2, { startDate: '2026-11-02', sendingOrganization: institutionCtid(2), receivingOrganization: institutionCtid(1) }),
        agreementEntry(3, {
          kind: 'CLUSTER',
          startDate: '2026-11-01',
          endDate: '2026-11-01',
          receivingOrganization: institutionCtid(7),
          from: [
            { microCredential: microCredentialCtid(8), minGrade: 72.5 },
            { microCredential: microCredentialCtid(1), maxGrade: 80 },
          ],
          grants: [
            { subject: 'STAT', level: 100, areas: ['27'], credits: 1.5 },
            { course: 'B', subject: 'C', credits: 0, waives: 'statistics' },
          ],
        }),
      ]);
    }),
  );

  it('comes the latest begun first, each once', async () => {
    expect(await ctids({})).toEqual([2, 3, 1].map(agreementCtid));
    expect((await allOf(1, (page) => agreements(registry.reader, { asOf, ...page }))).map(({ ctid }) => ctid)).toEqual(await ctids({}));
  });

  it('keeps to sender, receiver and micro-credential', async () => {
    expect(await ctids({ sender: 'UBC' })).toEqual([agreementCtid(2)]);
    expect(await ctids({ receiver: 'UBC' })).toEqual([agreementCtid(1)]);
    expect(await ctids({ microCredential: microCredentialCtid(8) })).toEqual([agreementCtid(3)]);
    expect(await ctids({ sender: 'NOBODY' })).toEqual([]);
  });

  it('tells what is agreed, active and ended on the day in British Columbia, the last day included', async () => {
    expect([await ctids({ status: 'AGREED' }), await ctids({ status: 'ACTIVE' }), await ctids({ status: 'ENDED' })]).toEqual([
      [agreementCtid(2)],
      [agreementCtid(3)],
      [agreementCtid(1)],
    ]);
    const lastMinute = new Date('2026-11-02T06:59:00Z');
    expect(await ctids({ status: 'ACTIVE' }, lastMinute)).toEqual([agreementCtid(3)]);
    expect(await ctids({ status: 'ENDED' }, new Date('2026-11-02T07:00:00Z'))).toEqual([3, 1].map(agreementCtid));
  });

  it('shows items and grants in their order, with the names that have arrived', async () => {
    const [cluster, none] = await agreementsByCtid(registry.reader, [agreementCtid(3), agreementCtid(9)], asOf);
    expect(cluster).toMatchObject({
      kind: 'CLUSTER',
      startDate: '2026-11-01',
      endDate: '2026-11-01',
      status: 'ACTIVE',
      sender: { code: 'BCIT' },
      receiver: null,
      receiverCtid: institutionCtid(7),
      from: [
        { microCredential: microCredentialCtid(8), name: null, minGrade: 72.5, maxGrade: null },
        { microCredential: microCredentialCtid(1), name: english('Welding'), minGrade: null, maxGrade: 80 },
      ],
      grants: [
        { course: null, subject: 'STAT', level: 100, areas: ['27'], credits: 1.5, waives: null },
        { course: 'B', subject: 'C', level: null, areas: null, credits: 0, waives: 'statistics' },
      ],
    });
    expect(none).toBeUndefined();
  });

  it('shows everything else that one says, and who signed it when', async () => {
    const terms = {
      priority: -3,
      maxAgeMonths: 60,
      requiresUnexpired: true,
      programScope: [pathwayCtid(1)],
      conditions: [{ declares: 'ADMITTED', text: 'Admitted to the program.' }],
      capBucket: 'transfer',
      exclusiveGroup: 'statistics',
      evidenceUrl: 'https://www.example.org/17',
      signatures: [{ organization: institutionCtid(1), signedOn: '2026-09-01', through: 'INSTITUTION' }],
    };
    await upsertAgreements(registry.writer, [agreementEntry(20, { ...terms, kind: 'NO_CREDIT', grants: [], status: 'PROPOSED', aggregateVersion: 1 })]);
    expect((await agreementsByCtid(registry.reader, [agreementCtid(20)], asOf))[0]).toMatchObject({ ...terms, version: 1, grants: [], reason: null });
    expect((await agreementsByCtid(registry.reader, [agreementCtid(1)], asOf))[0]).toMatchObject({ programScope: null, maxAgeMonths: null, signatures: [] });
    await registry.writer.query(`delete from registry.agreement_from where agreement_id = $1`, [agreementCtid(20)]);
    await registry.writer.query(`delete from registry.agreement where id = $1`, [agreementCtid(20)]);
  });

  it.each(['PROPOSED', 'UNDER_EVALUATION', 'DECLINED', 'TERMINATED'] as const)('tells that one is %s, whatever its days', async (status) => {
    const days = [{}, { endDate: '2026-10-31' }, { startDate: '2099-01-01' }];
    await upsertAgreements(
      registry.writer,
      days.map((term, at) => agreementEntry(10 + at, { ...term, status, reason: 'It was said.' })),
    );
    expect((await ctids({ status })).sort()).toEqual([10, 11, 12].map(agreementCtid));
    for (const table of ['agreement_from', 'agreement_grant'])
      await registry.writer.query(`delete from registry.${table} where agreement_id = any($1::text[])`, [[10, 11, 12].map(agreementCtid)]);
    await registry.writer.query(`delete from registry.agreement where id = any($1::text[])`, [[10, 11, 12].map(agreementCtid)]);
  });
});

describe('The status of the registry', () => {
  it('counts whatever there is, in any state, and tells when the newest event happened', async () => {
    await registry.writer.transaction(async (tx) => {
      await upsertMicroCredentials(tx, [microCredentialEntry(1, { version: 2, aggregateVersion: 2 })]);
      await upsertAwards(tx, [awardEntry(1), awardEntry(2, { status: 'REVOKED' }), awardEntry(3, { validFrom: '2099-01-01T00:00:00Z' })]);
      await noteApplied(tx, 'mcr.awards.v1', '2026-10-02T03:04:05.678Z');
      await noteApplied(tx, 'mcr.programs.v1', '2026-10-01T00:00:00Z');
    });
    const expected = { institutions: 2, microCredentials: 1, awards: 3, agreements: 3, lastEventAt: '2026-10-02T03:04:05.678Z' };
    expect(await registryStatus(registry.reader)).toEqual(expected);
  });
});
