import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Recognitions, TerminateAgreement, topics } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { defineService } from '@mcr/runtime';
import { type TestDatabase, freshDatabase, principals, startServices } from '@mcr/testing';
import { Module } from '@nestjs/common';
import { pathways } from '../../pathways.service.ts';
import { AgreementSweep } from '../../sweep/agreement-sweep.ts';
import { otherServices } from '../../testing/other-services.ts';
import { createTables } from './0001-tables.ts';
import { pathwaysAndTheirGraph } from './0002-pathways.ts';

@Module({})
class NothingYet {}
const migrations = [createTables, pathwaysAndTheirGraph];
const asItWas = defineService({ name: 'pathways', module: NothingYet, migrations, topics: [topics.transfer] });

const [sender, receiver, item, ongoing, over] = Array.from({ length: 5 }, newCtid) as [string, string, string, string, string];
const clock = { now: () => new Date('2026-06-01T20:00:00Z') };
let fresh: TestDatabase;
beforeAll(async () => void (fresh = await freshDatabase()));
afterAll(() => fresh.drop());

const listed = (ctid: string, days: string) => `
  insert into agreement (id, kind, sender_id, receiver_id, start_on, end_on, ground, published_by, published_at, version)
  values ('${ctid}', 'ASSIGNED', '${sender}', '${receiver}', ${days}, '${ctid}', 'registrar@ministry.example', '2026-03-02T03:00:00Z', 1);
  insert into agreement_from (agreement_id, position, micro_credential_id, min_grade) values ('${ctid}', 1, '${item}', 72.5);
  insert into agreement_grant (agreement_id, position, course, subject, level, credits) values
    ('${ctid}', 1, 'STAT 200', 'STAT', 200, 3), ('${ctid}', 2, 'STAT 201', 'STAT', null, 1.5)`;

describe('A registry whose agreements were all active', () => {
  it('keeps what they ask and give, with two signatures that the registrar listed', async () => {
    const before = await startServices([...otherServices, asItWas], { databaseUrl: fresh.adminUrl, clock });
    await before.database('pathways').query(listed(ongoing, `'2026-01-01', null`));
    await before.database('pathways').query(listed(over, `'2025-01-01', '2025-12-31'`));
    await before.close();

    for (const start of [1, 2]) {
      const now = await startServices([...otherServices, pathways], { databaseUrl: fresh.adminUrl, clock });
      const held = [{ microCredential: item, completedOn: '2026-05-01', grade: 72.5 }];
      const { recognitions: answer } = await now.call(Recognitions, { held }, principals.advisor);
      expect({ start, answer }).toMatchObject({
        start,
        answer: [
          {
            status: 'GUARANTEED',
            agreement: { ctid: ongoing, kind: 'ASSIGNED', startDate: '2026-01-01' },
            grants: [
              { course: 'STAT 200', subject: 'STAT', level: 200, credits: 3 },
              { course: 'STAT 201', subject: 'STAT', credits: 1.5 },
            ],
          },
          { status: 'NOT_APPLICABLE', agreement: { ctid: over } },
        ],
      });
      await now.get<AgreementSweep>(AgreementSweep).sweep();
      const rows = await now
        .database('pathways')
        .query(`select id, status, recorded_on::text, sender_signature, receiver_signature from agreement order by start_on`);
      const signature = { by: 'registrar@ministry.example', on: '2026-03-02', through: 'REGISTRAR' };
      const signed = { recorded_on: '2026-03-02', sender_signature: signature, receiver_signature: signature };
      expect(rows).toEqual([
        { id: over, status: 'ENDED', ...signed },
        { id: ongoing, status: 'ACTIVE', ...signed },
      ]);
      await now.close();
    }

    const later = await startServices([...otherServices, pathways], { databaseUrl: fresh.adminUrl, clock });
    const order = { ctid: ongoing, endDate: '2026-06-01', reason: 'The course is given no more.' };
    expect(await later.call(TerminateAgreement, order, principals.registrar)).toMatchObject({ status: 'TERMINATED', version: 2 });
    await later.close();
  });
});
