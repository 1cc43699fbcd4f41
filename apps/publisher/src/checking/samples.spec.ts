import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readRecords } from '../reading/read-file.ts';
import { recordFaults } from './record-faults.ts';

interface Expected {
  readonly outcome: 'ACCEPTED' | 'DUPLICATE' | 'REJECTED';
  readonly codes?: readonly string[];
  readonly seenBy?: 'publisher' | 'registry';
}

const TODAY = '2026-11-22';
const sample = (name: string) => fileURLToPath(new URL(`../../../../samples/awards/${name}`, import.meta.url));
const expected = JSON.parse(await readFile(sample('expected-outcomes.json'), 'utf8')) as Record<string, Record<string, Expected>>;

describe('the good sample file', () => {
  it('has forty records without a fault', async () => {
    const records = await readRecords(sample('good.csv'));
    expect(records).toHaveLength(40);
    for (const record of records) expect(recordFaults(record, TODAY)).toEqual([]);
  });
});

describe.each(Object.entries(expected))('the sample file %s', (name, rows) => {
  it('has an expected outcome for every row', async () => {
    expect((await readRecords(sample(name))).map(({ row }) => String(row))).toEqual(Object.keys(rows));
  });

  it('shows its faults on exactly the rows that were prepared, as far as the file alone can', async () => {
    const found = (await readRecords(sample(name))).map((record) => [record.row, recordFaults(record, TODAY).map(({ code }) => code)]);
    const prepared = Object.entries(rows).map(([row, { codes = [], seenBy }]) => [Number(row), seenBy === 'publisher' ? codes : []]);
    expect(found).toEqual(prepared);
  });
});
