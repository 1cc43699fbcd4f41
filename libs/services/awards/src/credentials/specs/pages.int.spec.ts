import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CredentialsOfAwards } from '@mcr/contracts';
import { eventually, principals } from '@mcr/testing';
import { Intake } from '../../intake/intake.ts';
import { type AwardsRegistry, startAwards } from '../../testing/awards-registry.ts';
import { revoked, submitted } from '../../testing/records.ts';

let registry: AwardsRegistry;
/** Of two institutions, by turns; the last of each is revoked. */
let awards: string[];
const statements: string[] = [];

beforeAll(async () => {
  registry = await startAwards();
  awards = (await Promise.all(['BCIT', 'UBC'].map(awardsOf))).flatMap((ids) => ids);
  const database = registry.database('awards');
  const query = database.query.bind(database);
  database.query = (sql, params) => {
    // Consumers and sweeps look after themselves beside the page.
    if (/issuer_key|published_status_list|micro_credential_version|from credential c/.test(sql) && !/credential_awaited|left join|from submission/.test(sql))
      statements.push(sql);
    return query(sql, params);
  };
});
afterAll(() => registry?.close());

async function awardsOf(code: string): Promise<string[]> {
  const institution = await registry.anInstitution(code);
  const { ctid } = await registry.aMicroCredentialOf(institution);
  await registry.aKeyFor(institution);
  const sourceAwardIds = Array.from({ length: 6 }, () => randomUUID());
  const records = sourceAwardIds.map((sourceAwardId) => submitted(institution, { microCredentialCtid: ctid, sourceAwardId }));
  await registry.get(Intake).take(records);
  await registry.get(Intake).take([revoked(institution, { sourceAwardId: sourceAwardIds.at(-1)! })]);
  return eventually(async () => {
    const rows = await registry.sql<{ awardId: string }>(
      `select 'urn:uuid:' || award_id as "awardId" from credential join source_award using (award_id) where source_award_id = any ($1) order by array_position($1, source_award_id)`,
      [sourceAwardIds],
    );
    expect(rows).toHaveLength(sourceAwardIds.length);
    return rows.map(({ awardId }) => awardId);
  });
}

async function page(ids: readonly string[]): Promise<{ verdicts: Map<string, string>; asked: number }> {
  statements.length = 0;
  const found = await registry.call(CredentialsOfAwards, { awards: [...ids], verify: true }, principals.registrar);
  return { verdicts: new Map(found.map(({ awardId, verification }) => [awardId, verification!.verdict])), asked: statements.length };
}

describe('a page of awards with their verifications', () => {
  it('says of each what it would say of it alone', async () => {
    const { verdicts } = await page(awards);
    expect(awards.map((id) => verdicts.get(id))).toEqual([...Array<string>(5).fill('VALID'), 'REVOKED', ...Array<string>(5).fill('VALID'), 'REVOKED']);
    for (const id of awards) expect((await page([id])).verdicts.get(id)).toBe(verdicts.get(id));
  });

  it('asks the database as often for twelve of two institutions as for one', async () => {
    await page(awards);
    const asked = 5;
    await eventually(async () => expect((await page([awards[0]!])).asked).toBe(asked));
    // A list may just be published anew, which is not the page's doing.
    await eventually(async () => expect((await page(awards)).asked).toBe(asked));
  });
});
