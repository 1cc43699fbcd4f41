import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awardEntry } from '../../testing/entries.ts';
import { type OpenRegistry, openRegistry } from '../../testing/open-registry.ts';
import { type AwardEntry, upsertAwards } from '../../write/index.ts';
import { awards } from './awards.ts';
import { countAwards } from './count-awards.ts';

let registry: OpenRegistry;
beforeAll(async () => void (registry = await openRegistry()));
afterAll(() => registry.close());

const dated = { validFrom: '2026-07-01T00:00:00-07:00', validUntil: '2027-07-01T07:00:00Z' };
const revoked = { status: 'REVOKED', reasonCode: 'ISSUED_IN_ERROR' };

const cases: [what: string, changes: Partial<AwardEntry>, asOf: string, status: string][] = [
  ['before validFrom', dated, '2026-07-01T06:59:59.999Z', 'SCHEDULED'],
  ['at validFrom', dated, '2026-07-01T07:00:00Z', 'ACTIVE'],
  ['just before validUntil', dated, '2027-07-01T06:59:59.999Z', 'ACTIVE'],
  ['at validUntil', dated, '2027-07-01T07:00:00Z', 'EXPIRED'],
  ['without dates, the moment the awarded day began in British Columbia', {}, '2026-06-15T07:00:00Z', 'ACTIVE'],
  ['without dates, a moment before that day', {}, '2026-06-15T06:59:59Z', 'SCHEDULED'],
  ['without dates, long after', {}, '2099-01-01T00:00:00Z', 'ACTIVE'],
  ['awarded in the winter of 2025, on another clock', { awardedDate: '2025-01-15' }, '2025-01-15T07:59:59Z', 'SCHEDULED'],
  ['valid from a moment before the awarded day', { validFrom: '2026-06-01T00:00:00Z' }, '2026-06-02T00:00:00Z', 'ACTIVE'],
  ['revoked and expired', { ...dated, ...revoked }, '2028-01-01T00:00:00Z', 'REVOKED'],
  ['revoked and scheduled', { ...dated, ...revoked }, '2026-06-30T00:00:00Z', 'REVOKED'],
];

describe('The effective status of an award', () => {
  it.each(cases)('%s', async (_what, changes, moment, status) => {
    const asOf = new Date(moment);
    await registry.writer.transaction(async (tx) => {
      await tx.query('delete from registry.award');
      await upsertAwards(tx, [awardEntry(1, changes)]);
    });
    const [shown] = (await awards(registry.reader, { asOf, first: 1 })).edges;
    expect(shown!.node.status).toBe(status);
    const counts = await Promise.all(
      (['ACTIVE', 'SCHEDULED', 'EXPIRED', 'REVOKED'] as const).map(async (one) => [one, await countAwards(registry.reader, { status: one }, asOf)]),
    );
    expect(counts.filter(([, count]) => count === 1)).toEqual([[status, 1]]);
  });
});
