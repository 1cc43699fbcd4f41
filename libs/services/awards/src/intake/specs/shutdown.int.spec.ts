import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@mcr/event-kit';
import { Intake, type Taken } from '../intake.ts';
import { startAwards } from '../../testing/awards-registry.ts';
import { submitted } from '../../testing/records.ts';

describe('Closing while records come in', () => {
  it('keeps every record that was answered, refuses the others, and takes all of them once after the next start', async () => {
    const first = await startAwards();
    const place = { databaseUrl: first.running.settings.databaseUrl!, dataDir: first.dataDir };
    try {
      const bcit = await first.anInstitution('BCIT');
      const course = await first.aMicroCredentialOf(bcit);
      const batches = Array.from({ length: 40 }, () => Array.from({ length: 50 }, () => submitted(bcit, { microCredentialCtid: course.ctid })));
      const answered: Taken[] = [];
      const refusals: unknown[] = [];
      const intake = first.get<Intake>(Intake);
      const oneAfterTheOther = async (own: typeof batches): Promise<void> => {
        for (const batch of own)
          await intake.take(batch).then(
            (taken) => answered.push(...taken),
            (refusal) => refusals.push(refusal),
          );
      };
      const sending = Promise.all([oneAfterTheOther(batches.slice(0, 20)), oneAfterTheOther(batches.slice(20))]);
      while (answered.length < 200) await new Promise(setImmediate);
      await first.running.close();
      await sending;
      expect(refusals.length).toBeGreaterThan(0);
      expect(refusals.every((refusal) => refusal instanceof Refusal && refusal.code === 'UNAVAILABLE')).toBe(true);

      const second = await startAwards({}, place);
      try {
        const stored = await second.sql<{ submissionId: string }>(`select submission_id as "submissionId" from submission where state = 'ACCEPTED'`);
        const known = new Set(stored.map(({ submissionId }) => submissionId));
        expect(answered.filter(({ submissionId }) => !known.has(submissionId))).toEqual([]);
        const again = (await Promise.all(batches.map((batch) => second.get<Intake>(Intake).take(batch)))).flat();
        expect(new Set(again.map(({ state }) => state))).toEqual(new Set(['ACCEPTED']));
        const before = new Map(answered.map(({ eventId, submissionId }) => [eventId, submissionId]));
        expect(again.filter(({ eventId, submissionId }) => (before.get(eventId) ?? submissionId) !== submissionId)).toEqual([]);
        expect(await second.sql('select count(*)::int as awards, count(distinct award_id)::int as ids from award')).toEqual([{ awards: 2000, ids: 2000 }]);
      } finally {
        await second.close();
      }
    } finally {
      await first.close();
    }
  });
});
