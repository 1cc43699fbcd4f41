import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssuerKeySnapshot, PublishedMicroCredential } from '@mcr/contracts';
import { type SecuredCredential, credentialHash } from '@mcr/credentials';
import { eventually } from '@mcr/testing';
import { Intake } from '../../intake/intake.ts';
import { RegistryKey } from '../signing/registry-key.ts';
import { StatusLists } from '../status/status-lists.ts';
import { type AwardsRegistry, type Institution, startAwards } from '../../testing/awards-registry.ts';
import { revoked, submitted } from '../../testing/records.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let course: PublishedMicroCredential;
let key: IssuerKeySnapshot;

beforeAll(async () => {
  registry = await startAwards();
  bcit = await registry.anInstitution('BCIT');
  course = await registry.aMicroCredentialOf(bcit);
  key = await registry.aKeyFor(bcit);
});
afterAll(() => registry?.close());

async function anAward(institution = bcit, microCredential = course): Promise<{ sourceAwardId: string; awardId: string }> {
  const sourceAwardId = randomUUID();
  await registry.get(Intake).take([submitted(institution, { microCredentialCtid: microCredential.ctid, sourceAwardId })]);
  const [row] = await registry.sql<{ award_id: string }>('select award_id from source_award where source_award_id = $1', [sourceAwardId]);
  return { sourceAwardId, awardId: row!.award_id };
}
const revoke = (sourceAwardId: string, institution = bcit) => registry.get(Intake).take([revoked(institution, { sourceAwardId })]);

interface Kept {
  readonly document: string;
  readonly hash: string;
  readonly list: string;
  readonly index: number;
}
const rowsOf = (awardIds: readonly string[]) =>
  registry.sql<Kept & { awardId: string }>(
    `select award_id as "awardId", document, encode(hash, 'hex') as hash, status_list_id as list, status_list_index as index
     from credential where award_id = any ($1::uuid[])`,
    [awardIds],
  );
const credentialOf = (awardId: string): Promise<Kept> =>
  eventually(async () => {
    const [row] = await rowsOf([awardId]);
    if (!row) throw new Error('There is no credential yet.');
    return row;
  });
const eventsOf = (awardId: string) =>
  registry.sql<{ version: number; type: string; event: string }>('select version, type, event from event_log where key = $1 order by version', [
    `urn:uuid:${awardId}`,
  ]);

async function listAt(name: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${registry.url}/status/${name}`, { headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

describe('an accepted award', () => {
  it('gets a credential signed in the name of its institution, as its next version', async () => {
    const { awardId } = await anAward();
    const { document, hash, list, index } = await credentialOf(awardId);
    const credential = JSON.parse(document) as SecuredCredential;
    expect(credential).toMatchObject({
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: key.did },
      credentialSubject: { id: expect.stringMatching(/^urn:uuid:/), achievement: { name: course.name['en-CA'] } },
      credentialStatus: { statusListCredential: `${registry.url}/status/${list}`, statusListIndex: String(index), statusPurpose: 'revocation' },
      proof: { cryptosuite: 'eddsa-rdfc-2022', verificationMethod: key.kid },
    });
    expect(hash).toBe(credentialHash(credential));
    const events = await eventsOf(awardId);
    expect(events.map(({ version, type }) => [version, type])).toEqual([
      [1, 'ca.bc.mcr.award.issued.v1'],
      [2, 'ca.bc.mcr.credential.issued.v1'],
    ]);
    expect(JSON.parse(events[1]!.event)).toMatchObject({ data: { credentialId: credential['id'], hash, statusList: { index } } });
  });

  it('has one credential, however many come at once, each at a place of its own in the list', async () => {
    const awards = await Promise.all(Array.from({ length: 60 }, () => anAward()));
    const ids = awards.map(({ awardId }) => awardId);
    const rows = await eventually(async () => {
      const found = await rowsOf(ids);
      expect(found).toHaveLength(ids.length);
      return found;
    });
    const indexes = rows.map(({ index }) => index);
    expect(new Set(indexes).size).toBe(ids.length);
    // Random, so that nothing follows from a place: sixty in a row would be the order of issuing.
    expect(Math.max(...indexes) - Math.min(...indexes)).toBeGreaterThan(60);
  });

  it('of an institution without a key waits for one, and holds up nobody', async () => {
    const ubc = await registry.anInstitution('UBC');
    const theirs = await registry.aMicroCredentialOf(ubc);
    const waiting = await anAward(ubc, theirs);
    await credentialOf((await anAward()).awardId);
    expect(await rowsOf([waiting.awardId])).toEqual([]);
    const late = await registry.aKeyFor(ubc);
    expect(JSON.parse((await credentialOf(waiting.awardId)).document)).toMatchObject({ issuer: { id: late.did } });
    expect(await registry.sql('select from credential_awaited where award_id = $1', [waiting.awardId])).toEqual([]);

    await registry.retireKey(late);
    const between = await anAward(ubc, theirs);
    const next = await registry.aKeyFor(ubc, 9);
    expect(JSON.parse((await credentialOf(between.awardId)).document)).toMatchObject({ proof: { verificationMethod: next.kid } });
  });

  it('that waits for a key is not hidden behind hundreds that wait for what never comes', async () => {
    const capu = await registry.anInstitution('CAPU');
    await registry.aKeyFor(capu);
    const ofNobodyKnown = await registry.aMicroCredentialOf(capu, { ownedBy: `ce-${randomUUID()}`, offeredBy: [capu.ctid] });
    const hopeless = Array.from({ length: 450 }, () => submitted(capu, { microCredentialCtid: ofNobodyKnown.ctid }));
    expect(new Set((await registry.get<Intake>(Intake).take(hopeless)).map(({ state }) => state))).toEqual(new Set(['ACCEPTED']));
    const kpu = await registry.anInstitution('KPU');
    const theirs = await registry.aMicroCredentialOf(kpu);
    const waiting = await anAward(kpu, theirs);
    await eventually(async () => {
      const [row] = await registry.sql<{ count: number }>('select count(*)::int from credential_awaited');
      expect(row!.count).toBeGreaterThan(hopeless.length);
    });
    const late = await registry.aKeyFor(kpu);
    expect(JSON.parse((await credentialOf(waiting.awardId)).document)).toMatchObject({ issuer: { id: late.did } });
  });
});

describe('a status list', () => {
  it('is signed, shows a revocation, and says when nothing has changed', async () => {
    const { awardId, sourceAwardId } = await anAward();
    const { list, index } = await credentialOf(awardId);
    const before = await listAt(list);
    expect(before).toMatchObject({ status: 200 });
    expect(before.headers.get('content-type')).toContain('application/vc');
    expect(before.headers.get('cache-control')).toBe('public, max-age=60');
    expect(JSON.parse(before.text)).toMatchObject({
      issuer: key.did,
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 60_000 },
      proof: { verificationMethod: key.kid },
    });
    for (const known of [before.headers.get('etag')!, `"other", W/${before.headers.get('etag')}`, '*'])
      expect((await listAt(list, { 'if-none-match': known })).status).toBe(304);
    expect((await listAt(list, { 'if-none-match': '"other"' })).status).toBe(200);

    await revoke(sourceAwardId);
    await eventually(async () => expect((await listAt(list)).headers.get('etag')).not.toBe(before.headers.get('etag')));
    expect(await bitOf((await listAt(list)).text, index)).toBe(1);
    expect(await bitOf(before.text, index)).toBe(0);
    expect((await eventsOf(awardId)).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(await bitOf((await listAt(`${list}-suspension`)).text, index)).toBe(0);
  });

  it('is an event each time it is published, which tells of no credential', async () => {
    const { awardId, sourceAwardId } = await anAward();
    const { list } = await credentialOf(awardId);
    const published = () =>
      registry.sql<{ version: number; event: string }>('select version, event from event_log where key = $1 order by version', [
        `${registry.url}/status/${list}`,
      ]);
    const { headers } = await listAt(list);
    const before = await published();
    await revoke(sourceAwardId);
    const after = await eventually(async () => {
      const events = await published();
      expect(events).toHaveLength(before.length + 1);
      return events;
    });
    expect(after.map(({ version }) => version)).toEqual(after.map((_, at) => at + 1));
    const [last, previous] = [after.at(-1)!, before.at(-1)!].map(({ event }) => JSON.parse(event) as { type: string; data: { hash: string } });
    expect(last).toMatchObject({
      type: 'ca.bc.mcr.statusList.published.v1',
      data: { statusList: `${registry.url}/status/${list}`, purpose: 'revocation', institutionCtid: bcit.ctid },
    });
    expect(`"${previous!.data.hash}"`).toBe(headers.get('etag'));
    expect(`"${last!.data.hash}"`).toBe((await listAt(list)).headers.get('etag'));
    expect(after.at(-1)!.event).not.toContain(awardId);
    await registry.get(StatusLists).publish(list, 'revocation');
    expect(await published()).toHaveLength(after.length);
  });

  it('has the bit of an award that was revoked before it had its credential', async () => {
    const sfu = await registry.anInstitution('SFU');
    const { awardId, sourceAwardId } = await anAward(sfu, await registry.aMicroCredentialOf(sfu));
    await revoke(sourceAwardId, sfu);
    await registry.aKeyFor(sfu);
    const { list, index } = await credentialOf(awardId);
    await eventually(async () => expect(await bitOf((await listAt(list)).text, index)).toBe(1));
  });

  it('is signed anew once its key is retired, so that it is believed', async () => {
    const vcc = await registry.anInstitution('VCC');
    const first = await registry.aKeyFor(vcc);
    const { list } = await credentialOf((await anAward(vcc, await registry.aMicroCredentialOf(vcc))).awardId);
    expect(JSON.parse((await listAt(list)).text)).toMatchObject({ proof: { verificationMethod: first.kid } });
    await registry.retireKey(first);
    const { did } = registry.get<RegistryKey>(RegistryKey);
    expect(JSON.parse((await listAt(list)).text)).toMatchObject({ issuer: did, proof: { verificationMethod: expect.stringContaining(`${did}#`) } });
    expect((await listAt(list)).text).toBe((await listAt(list)).text);
    const next = await registry.aKeyFor(vcc, 9);
    expect(JSON.parse((await listAt(list)).text)).toMatchObject({ proof: { verificationMethod: next.kid } });
  });

  it.each([randomUUID(), 'nothing', '..%2f..', `${randomUUID()}-suspension`, '%00'])('that nobody keeps is not found: %s', async (name) => {
    expect((await listAt(name)).status).toBe(404);
  });
});

async function bitOf(document: string, index: number): Promise<number> {
  const { credentialSubject } = JSON.parse(document) as { credentialSubject: { encodedList: string } };
  const { gunzipSync } = await import('node:zlib');
  const bits = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'));
  return (bits[index >> 3]! >> (7 - (index & 7))) & 1;
}
