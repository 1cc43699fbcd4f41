import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inboundEvent } from '@mcr/contracts';
import { eventually, kafkaUnavailable } from '@mcr/testing';
import { IntakeSettings } from '../intake/intake-settings.ts';
import { aCode, outcomeAmong, startAwardsOnKafka, told, type AwardsOnKafka } from '../testing/awards-on-kafka.ts';
import { everythingStored } from '../testing/awards-registry.ts';
import { claimsOf, httpClient } from '../testing/http-client.ts';
import { encrypted, inBinaryMode, inStructuredMode } from '../testing/kafka-topics.ts';
import { InboundRecords } from './inbound-records.ts';

const missing = kafkaUnavailable();
const describeOnKafka = missing ? describe.skip : describe;
let awards: AwardsOnKafka;

beforeAll(async () => {
  if (!missing) awards = await startAwardsOnKafka();
}, 60_000);
afterAll(() => awards?.close());

describeOnKafka(`Records on Kafka${missing ? ` (${missing})` : ''}`, () => {
  it('are taken in binary and in structured mode, and answered on the outcome topic', async () => {
    const { topics, ours, sealed, outcomeOf } = awards;
    const [binary, structured] = [await sealed(), await sealed()];
    await topics.write(ours.code, inBinaryMode(binary), inStructuredMode(structured));
    for (const { id, subject } of [binary, structured]) {
      const outcome = await outcomeOf(id);
      expect(outcome.data).toEqual({
        submissionId: expect.any(String),
        institutionCode: ours.code,
        eventId: id,
        sourceAwardId: subject,
        state: 'ACCEPTED',
        awardId: expect.stringMatching(/^urn:uuid:/),
      });
      expect(outcome.key).toBe(subject);
      expect(outcome.headers).toMatchObject({
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_type: 'ca.bc.mcr.submission.decided.v1',
        ce_source: 'urn:bc:mcr:svc:awards',
        ce_subject: outcome.data.submissionId,
      });
    }
  });

  it('are the same records as over HTTPS: whichever door the second takes, there is one submission with one outcome', async () => {
    const { topics, registry, ours, key, outcomes, anEvent, sealed, outcomeOf, rowsOf } = awards;
    const event = anEvent();
    const { body } = await httpClient(registry, ours).post(event);
    await topics.write(ours.code, inBinaryMode(await encrypted(event, key)), inBinaryMode(await encrypted(event, key)));
    const last = await sealed();
    await topics.write(ours.code, inBinaryMode(last));
    await outcomeOf(last.id);
    expect(await rowsOf(event.id)).toEqual([{ code: ours.code, state: 'ACCEPTED' }]);
    expect(outcomes.filter(({ data }) => data.eventId === event.id).map(({ data }) => data.submissionId)).toEqual([body.submissions[0]!.submissionId]);
  });

  it('keep the order of their topic: what is submitted and then revoked is revoked', async () => {
    const { topics, registry, ours, sealed, outcomeOf } = awards;
    const submit = await sealed();
    const revoke = inboundEvent(ours.code, 'ca.bc.mcr.award.revoke.v1', { sourceAwardId: submit.subject, revision: 2, reasonCode: 'ISSUED_IN_ERROR' });
    await topics.write(ours.code, inBinaryMode(submit), inBinaryMode(revoke));
    expect(told(await outcomeOf(revoke.id))).toEqual(['ACCEPTED']);
    expect(await registry.sql('select status from award where award_id = (select award_id from submission where event_id = $1)', [submit.id])).toEqual([
      { status: 'REVOKED' },
    ]);
  });

  it('are the topic’s institution’s: a source, a header or data that say otherwise put nothing into another’s name', async () => {
    const { topics, registry, ours, theirs, key, logged, sealed, outcomeOf, rowsOf, anEvent } = awards;
    const foreign = await encrypted({ ...anEvent({}, theirs.code), id: randomUUID() }, key);
    const dressed = await sealed();
    const record = inBinaryMode(dressed);
    await topics.write(ours.code, inBinaryMode(foreign), {
      ...record,
      key: theirs.code,
      headers: { ...record.headers, institution: theirs.code, ce_institution: theirs.code },
    });
    const outcome = await outcomeOf(foreign.id);
    expect(told(outcome)).toEqual(['REJECTED', 'SOURCE_NOT_YOURS']);
    expect(told(await outcomeOf(dressed.id))).toEqual(['ACCEPTED']);
    expect(await rowsOf(foreign.id)).toEqual([{ code: ours.code, state: 'REJECTED' }]);
    expect(await registry.sql('select 1 from submission where institution_code = $1', [theirs.code])).toEqual([]);
    expect(await registry.sql('select 1 from award where institution_ctid = $1', [theirs.ctid])).toEqual([]);
    expect(logged.filter((line) => line.includes('"audit":"SOURCE_NOT_YOURS"') && line.includes(`"institution":"${ours.code}"`))).toHaveLength(1);
  });

  it('of a suspended institution are refused, each with its outcome', async () => {
    const { topics, registry, sealed } = awards;
    const code = aCode();
    await topics.createFor(code);
    const institution = await registry.anInstitution(code);
    await registry.suspend(institution);
    const event = await sealed({}, code);
    await topics.write(code, inBinaryMode(event));
    expect(told(await outcomeAmong(await topics.outcomesOf(code), event.id))).toEqual(['REJECTED', 'INSTITUTION_SUSPENDED', 'NOT_AUTHORIZED_FOR_MC']);
  });

  it('come again while the intake is full, and none is lost', async () => {
    const { topics, registry, ours, logged, sealed, outcomeOf, rowsOf } = awards;
    const settings = registry.get<{ queueLength: number }>(IntakeSettings);
    const event = await sealed();
    const room = settings.queueLength;
    settings.queueLength = 0;
    await topics.write(ours.code, inBinaryMode(event));
    await eventually(() => expect(logged.some((line) => line.includes('they come again') && line.includes('Too many records'))).toBe(true));
    expect(await rowsOf(event.id)).toEqual([]);
    settings.queueLength = room;
    expect(told(await outcomeOf(event.id))).toEqual(['ACCEPTED']);
  });

  it('are read from an institution that is new, once its topics are there', async () => {
    const { topics, registry, anEvent, sealed } = awards;
    const code = aCode();
    const institution = await registry.anInstitution(code);
    const { ctid } = await registry.aMicroCredentialOf(institution);
    const event = await sealed({ microCredentialCtid: ctid }, code);
    const overHttp = await httpClient(registry, institution).post(anEvent({ microCredentialCtid: ctid }, code));
    expect(overHttp.body.submissions[0]!.state).toBe('ACCEPTED');
    await topics.createFor(code);
    await topics.write(code, inBinaryMode(event));
    const here = await topics.outcomesOf(code);
    expect(told(await outcomeAmong(here, event.id))).toEqual(['ACCEPTED']);
    expect(told(await outcomeAmong(here, overHttp.body.submissions[0]!.eventId))).toEqual(['ACCEPTED']);
  });

  it('that name nothing to answer to are listed for their institution, and for nobody else’s', async () => {
    const { topics, registry, ours, theirs } = awards;
    await topics.write(ours.code, { key: 'k', value: 'no event: PEN 123456789' }, { key: 'k', value: null }, inStructuredMode({ specversion: '1.0' }));
    const list = async (token: string, query = '') => {
      const response = await fetch(`${registry.url}/submissions/dead-letters${query}`, { headers: { authorization: `Bearer ${token}` } });
      return { status: response.status, body: (await response.json()) as { deadLetters: Record<string, unknown>[]; next?: string } };
    };
    const own = await registry.token(claimsOf(ours.clientId));
    const all = await eventually(async () => {
      const { body } = await list(own);
      expect(body.deadLetters).toHaveLength(3);
      return body.deadLetters;
    });
    expect(all.map(({ reason }) => reason)).toEqual(['MALFORMED', 'NULL_RECORD', 'MALFORMED']);
    expect(all[0]).toEqual({
      deadLetterId: expect.any(String),
      institution: ours.code,
      topic: `mcr.inbound.${ours.code.toLowerCase()}.v1`,
      offset: expect.stringMatching(/^\d+$/),
      reason: 'MALFORMED',
      detail: expect.stringContaining('content-type'),
      bytes: 23,
      receivedAt: expect.any(String),
    });
    const first = await list(own, '?limit=2');
    expect(first.body).toEqual({ deadLetters: all.slice(0, 2), next: all[1]!['deadLetterId'] });
    expect((await list(own, `?limit=2&after=${first.body.next}`)).body).toEqual({ deadLetters: all.slice(2) });
    expect((await list(own, '?limit=0')).status).toBe(422);
    expect((await list(await registry.token(claimsOf(theirs.clientId)))).body).toEqual({ deadLetters: [] });
    expect((await list(await registry.token({ sub: 'x', client_id: 'portal', roles: ['institution'], institution: ours.code }))).body.deadLetters).toHaveLength(
      3,
    );
    expect((await list(await registry.token({ sub: 'x', client_id: 'portal', roles: ['learner'] }))).status).toBe(403);
    expect(await everythingStored(registry)).not.toContain('123456789');
  });

  it('are one submission, or one dead letter, however often they are read', async () => {
    const { registry, ours, sealed, rowsOf } = awards;
    const records = registry.get<InboundRecords>(InboundRecords);
    const good = inBinaryMode(await sealed());
    const spot = { topic: `mcr.inbound.${ours.code.toLowerCase()}.v1`, partition: 0, key: null };
    const headers = Object.fromEntries(Object.entries(good.headers!).map(([name, text]) => [name, [Buffer.from(text)]]));
    const twice = [
      { ...spot, offset: '900001', value: Buffer.from(good.value as string), headers },
      { ...spot, offset: '900002', value: Buffer.from('{'), headers: {} },
    ];
    await records.take(twice);
    await records.take(twice);
    expect(await rowsOf(good.headers!['ce_id']!)).toHaveLength(1);
    expect(await registry.sql('select 1 from inbound_dead_letter where record_offset > 900000')).toHaveLength(1);
  });
});
