import { describe, expect, it } from '@jest/globals';
import type { FileRecord } from '../reading/file-record.ts';
import { batchesOf } from './batches.ts';
import { toEvents, type SendableRecord } from './to-events.ts';

const record = (data: Record<string, unknown>, type = 'submit', row = 2): FileRecord => ({ row, type, data, columnOf: (pointer) => pointer });
const award = { sourceAwardId: 'BCIT-2026-000101', revision: 1, awardedDate: '2026-05-15' };
const idsOf = (records: readonly FileRecord[], salt?: string) => toEvents('BCIT', records, salt).sendable.map(({ event }) => event.id);

describe('the events of a file', () => {
  it('name the institution, the award and what is to happen', () => {
    const { sendable } = toEvents('BCIT', [record(award), record({ ...award, revision: 2 }, 'revoke')]);
    expect(sendable.map(({ event }) => [event.type, event.source, event.subject])).toEqual([
      ['ca.bc.mcr.award.submit.v1', 'urn:bc:mcr:inst:BCIT', 'BCIT-2026-000101'],
      ['ca.bc.mcr.award.revoke.v1', 'urn:bc:mcr:inst:BCIT', 'BCIT-2026-000101'],
    ]);
  });

  it('are the same events when the file is published again', () => {
    expect(idsOf([record(award), record(award)])).toEqual(idsOf([record(award), record(award)]));
  });

  it('differ when the content differs, also for a repeated record', () => {
    expect(new Set(idsOf([record(award), record({ ...award, awardedDate: '2026-05-16' }), record(award)])).size).toBe(3);
  });

  it('are new ones of the same content when they are to be decided anew', () => {
    expect(idsOf([record(award)], '2026-11-22T10:00:00.000Z')).not.toEqual(idsOf([record(award)]));
  });

  it.each([
    ['without a name', record({ revision: 1 })],
    ['with a name that cannot be stored', record({ ...award, sourceAwardId: 'a\u0000b' })],
    ['with half of a surrogate pair', record({ ...award, method: '\ud83c' })],
    ['of an unknown type', record(award, 'amend')],
    ['of a type that every object has', record(award, 'constructor')],
    ['that cannot be read', { ...record(award), unreadable: { pointer: '', code: 'MALFORMED_JSON', message: 'This is not JSON.' } }],
    ['of more than 1 MiB', record({ ...award, extensions: { note: 'x'.repeat(1024 * 1024) } })],
  ])('hold back a record %s, which would spoil its batch', (_what, bad) => {
    const { sendable, heldBack } = toEvents('BCIT', [record(award), bad]);
    expect([sendable.length, heldBack.length]).toEqual([1, 1]);
  });
});

describe('the batches of a file', () => {
  const sendable = (bytes: number, row: number): SendableRecord => ({
    record: record(award, 'submit', row),
    event: toEvents('BCIT', [record(award)]).sendable[0]!.event,
    bytes,
  });

  it('hold a thousand events at most, in the order of the file', () => {
    const records = Array.from({ length: 2001 }, (_, index) => sendable(400, index));
    const batches = batchesOf(records);
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 1]);
    expect(batches.flat()).toEqual(records);
  });

  it('stay within 8 MiB, brackets and commas included', () => {
    const mebibyte = 1024 * 1024;
    const eight = [...Array.from({ length: 7 }, () => mebibyte), mebibyte - 2 - 8].map(sendable);
    expect(batchesOf(eight).map(({ length }) => length)).toEqual([8]);
    expect(batchesOf([...eight.slice(0, 7), sendable(mebibyte - 1 - 8, 8)]).map(({ length }) => length)).toEqual([7, 1]);
  });

  it('are none for no records', () => {
    expect(batchesOf([])).toEqual([]);
  });
});
