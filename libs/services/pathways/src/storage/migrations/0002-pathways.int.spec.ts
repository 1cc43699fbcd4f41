import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Audit, PublishPathway, topics } from '@mcr/contracts';
import { defineService } from '@mcr/runtime';
import {
  type TestDatabase,
  aPathway,
  aPublishedMicroCredential,
  anInstitutionSnapshot,
  eventually,
  freshDatabase,
  principals,
  startServices,
} from '@mcr/testing';
import { Module } from '@nestjs/common';
import { pathways } from '../../pathways.service.ts';
import { logInstitution, logMicroCredential, otherServices } from '../../testing/other-services.ts';
import { createTables } from './0001-tables.ts';

@Module({})
class NothingYet {}
const asItWas = defineService({ name: 'pathways', module: NothingYet, migrations: [createTables], topics: [topics.transfer] });

const ubc = anInstitutionSnapshot({ code: 'UBC' });
const taught = aPublishedMicroCredential({ ownedBy: ubc.ctid });
let fresh: TestDatabase;
beforeAll(async () => void (fresh = await freshDatabase()));
afterAll(() => fresh.drop());

describe('A registry of the version before pathways', () => {
  it('learns from the log what it had not kept of its micro-credentials', async () => {
    const before = await startServices([...otherServices, asItWas], { databaseUrl: fresh.adminUrl });
    await logInstitution(before, ubc);
    await logMicroCredential(before, taught);
    await before
      .database('pathways')
      .query(`insert into micro_credential (id, is_non_credit, offered_by, aggregate_version) values ($1, false, $2, 1)`, [taught.ctid, [ubc.ctid]]);
    await before.database('pathways').query(`insert into checkpoint (consumer, topic, partition, pos) values ('pathways.facts', 'mcr.programs.v1', 0, 1)`);
    await before.close();

    const now = await startServices([...otherServices, pathways], { databaseUrl: fresh.adminUrl });
    const pathway = aPathway({ requirement: { node: 'CRED', id: 'it', microCredential: taught.ctid } });
    await now.call(PublishPathway, pathway, principals.registrar);
    const held = [{ microCredential: taught.ctid, completedOn: '2026-05-01' }];
    await eventually(async () => expect(await now.call(Audit, { pathway: pathway.ctid!, held }, principals.advisor)).toMatchObject({ verdict: 'COMPLETE' }));
    await now.close();

    const again = await startServices([...otherServices, pathways], { databaseUrl: fresh.adminUrl });
    expect(await again.call(Audit, { pathway: pathway.ctid!, held }, principals.advisor)).toMatchObject({ verdict: 'COMPLETE' });
    await again.close();
  });
});
