import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, type Migration, openDatabase, prepareDatabase, roleUrl } from '@mcr/database';
import { messagingMigrations } from '@mcr/messaging';
import { aPublishedMicroCredential, freshDatabase, testPassword, type TestDatabase } from '@mcr/testing';
import { awardsTables } from './0001-awards.ts';
import { inboundDeadLetters } from './0002-inbound-dead-letters.ts';
import { learnersAndConsents } from './0003-learners-and-consents.ts';
import { credentials } from './0004-credentials.ts';
import { publishedLists } from './0005-published-lists.ts';
import { particulars } from './0006-particulars.ts';

const before: readonly Migration[] = [awardsTables, inboundDeadLetters, learnersAndConsents, credentials, publishedLists];
let fresh: TestDatabase;
let database: Database;

const prepare = (steps: readonly Migration[]) =>
  prepareDatabase({
    adminUrl: fresh.adminUrl,
    plans: [
      {
        schema: 'awards',
        service: 'awards',
        migrations: [
          { owner: 'messaging', steps: messagingMigrations },
          { owner: 'awards', steps },
        ],
      },
    ],
    passwords: testPassword,
  });

beforeAll(async () => {
  fresh = await freshDatabase();
  await prepare(before);
  database = await openDatabase({ service: 'awards', schema: 'awards', url: roleUrl(fresh.adminUrl, 'mcr_awards', testPassword('mcr_awards')), poolSize: 1 });
});
afterAll(async () => {
  await database?.close();
  await fresh?.drop();
});

const keepVersion = (ctid: string, snapshot: object | null) =>
  database.query(
    `insert into micro_credential_version (micro_credential_ctid, version, owned_by, offered_by, date_effective, is_non_credit, competencies, snapshot)
     values ($1, 1, 'ce-owner', '{}', '2026-01-01', true, '{}', $2)`,
    [ctid, snapshot && JSON.stringify(snapshot)],
  );

/** A credential as the version before this one writes it. */
async function keepCredential(): Promise<void> {
  const [awardId, listId] = [randomUUID(), randomUUID()];
  await database.query(
    `insert into award (award_id, partition, version, revision, institution_ctid, micro_credential_ctid, micro_credential_version, learner_ref, awarded_date, method, status, received_at)
     values ($1, 0, 1, 1, 'ce-owner', 'ce-1', 1, $2, '2026-06-15', 'PLAR', 'ACTIVE', now())`,
    [awardId, randomUUID()],
  );
  await database.query(`insert into status_list (list_id, institution_ctid, number, entries, allocated, used) values ($1, $2, 1, 131072, '', 0)`, [
    listId,
    randomUUID(),
  ]);
  await database.query(
    `insert into credential (award_id, credential_id, kid, status_list_id, status_list_index, hash, document, issued_at) values ($1, $2, 'k', $3, 7, '', '{}', now())`,
    [awardId, randomUUID(), listId],
  );
}

describe('Tables of the version before', () => {
  it('get the assessments of versions, and keep their credentials as signed by the registry; the version before still writes', async () => {
    const final = { id: 'final', name: 'Final exam', assessmentMethodType: 'Exam' as const, use: 'Summative' as const, assesses: [] };
    await keepVersion('ce-1', aPublishedMicroCredential({ assessments: [final, { ...final, id: 'orals' }] }));
    await keepVersion('ce-2', null);
    await keepCredential();
    await prepare([...before, particulars]);
    await keepVersion('ce-3', aPublishedMicroCredential());
    await keepCredential();
    expect(await database.query('select assessments from micro_credential_version order by micro_credential_ctid')).toEqual([
      { assessments: ['final', 'orals'] },
      { assessments: [] },
      { assessments: [] },
    ]);
    expect(await database.query('select signed_by as by, status_list_index as index from credential')).toEqual([
      { by: 'REGISTRY', index: 7 },
      { by: 'REGISTRY', index: 7 },
    ]);
  });

  it('are changed once', async () => {
    await prepare([...before, particulars]);
    expect(await database.query('select from micro_credential_version')).toHaveLength(3);
  });
});
