import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublishedMicroCredential } from '@mcr/contracts';
import { dayInBritishColumbia } from '@mcr/event-kit';
import { UnitOfWork } from '@mcr/messaging';
import { Client } from 'pg';
import { arrivalOf } from '../arrival.ts';
import { processGroup } from '../group/process-group.ts';
import { IntakeKeys } from '../intake-keys.ts';
import { Intake } from '../intake.ts';
import { startAwards, type AwardsRegistry, type Institution } from '../../testing/awards-registry.ts';
import { revoked, submitted } from '../../testing/records.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let course: PublishedMicroCredential;
let owner: Client;

beforeAll(async () => {
  registry = await startAwards();
  bcit = await registry.anInstitution('BCIT');
  course = await registry.aMicroCredentialOf(bcit);
  owner = new Client({ connectionString: registry.running.settings.databaseUrl! });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await registry?.close();
});

const submit = (changes: Parameters<typeof submitted>[1] = {}) => submitted(bcit, { microCredentialCtid: course.ctid, ...changes });
const take = (...records: ReturnType<typeof submit>[]) => registry.get<Intake>(Intake).take(records);

/** Makes every award of that competence date fail in the database, as a bug of ours would, with that SQLSTATE. */
async function breakAwardsOf(day: string, state: string): Promise<() => Promise<unknown>> {
  await owner.query(`create function awards.break() returns trigger language plpgsql as $$
    begin if new.awarded_date = '${day}' then raise exception 'broken' using errcode = '${state}'; end if; return new; end $$`);
  await owner.query('create trigger break before insert on awards.award for each row execute function awards.break()');
  return () => owner.query('drop function awards.break() cascade');
}

describe('A group in which one record makes the database fail', () => {
  it('refuses that record alone as NOT_PROCESSED and keeps all others', async () => {
    const mend = await breakAwardsOf('2026-02-03', '22012');
    try {
      const poison = submit({ awardedDate: '2026-02-03' });
      const records = [...Array.from({ length: 30 }, () => submit()), poison, ...Array.from({ length: 30 }, () => submit())];
      const answers = await take(...records);
      expect(answers.map(({ state }) => state)).toEqual(records.map((record) => (record === poison ? 'REJECTED' : 'ACCEPTED')));
      const { submissionId } = answers.find(({ eventId }) => eventId === poison.eventId)!;
      expect(await registry.sql('select errors from submission where submission_id = $1', [submissionId])).toMatchObject([
        { errors: [{ code: 'NOT_PROCESSED' }] },
      ]);
      expect(await registry.sql(`select 1 from event_log where topic = 'mcr.submissions.v1' and key = $1`, [submissionId])).toHaveLength(1);
      expect(await take(poison)).toMatchObject([{ submissionId, state: 'REJECTED' }]);
    } finally {
      await mend();
    }
  });

  it('stores nothing when the database is only away for a moment, and asks to come back', async () => {
    const mend = await breakAwardsOf('2026-02-04', '57P03');
    const record = submit({ awardedDate: '2026-02-04' });
    try {
      await expect(take(record)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 2 });
      expect(await registry.sql('select 1 from submission where event_id = $1', [record.eventId])).toEqual([]);
    } finally {
      await mend();
    }
    expect(await take(record)).toMatchObject([{ state: 'ACCEPTED' }]);
  });

  it('refuses what waits when it cannot be decided even alone', async () => {
    const sourceAwardId = randomUUID();
    const [waiting] = await take(revoked(bcit, { sourceAwardId }));
    await owner.query('update awards.submission set sealed = $1, received_at = $2 where submission_id = $3', [
      Buffer.alloc(64),
      new Date(0),
      waiting!.submissionId,
    ]);
    await registry.get<Intake>(Intake).revisit([{ institutionCode: 'BCIT', sourceAwardId }]);
    expect(await registry.sql('select state, errors, sealed from submission where submission_id = $1', [waiting!.submissionId])).toMatchObject([
      { state: 'REJECTED', errors: [{ code: 'NOT_PROCESSED' }], sealed: null },
    ]);
  });
});

describe('A group', () => {
  it('takes the same few statements whatever its size', async () => {
    const keys = registry.get<IntakeKeys>(IntakeKeys);
    const statementsFor = async (size: number): Promise<number> => {
      const now = new Date();
      const arrivals = Array.from({ length: size }, () => arrivalOf(submit(), now, keys));
      const moment = { now, today: dayInBritishColumbia(now), patience: { factWaitMs: 0, revisionGapMs: 0 } };
      let statements = 0;
      await registry.parts('awards').unitOfWork.run((tx) => {
        const query: typeof tx.query = (sql, parameters) => {
          statements += 1;
          return tx.query(sql, parameters);
        };
        return processGroup({ tx: { ...tx, query }, keys, moment }, { arrivals, revisits: [] });
      });
      return statements;
    };
    expect(registry.parts('awards').unitOfWork).toBeInstanceOf(UnitOfWork);
    expect([await statementsFor(1), await statementsFor(10), await statementsFor(500)]).toEqual([5, 5, 5]);
  });

  it('is refused before anything is stored when too many records wait already', async () => {
    const narrow = await startAwards({ queueLength: 10 });
    try {
      const institution = await narrow.anInstitution('BCIT');
      const records = Array.from({ length: 11 }, () => submitted(institution, {}));
      await expect(narrow.get<Intake>(Intake).take(records)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 1 });
      expect(await narrow.sql('select 1 from submission')).toEqual([]);
    } finally {
      await narrow.close();
    }
  });
});
