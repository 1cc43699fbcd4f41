import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { errorsCsv } from './errors-file.ts';
import { asText, faultLines, type FaultLine } from './fault-lines.ts';
import { printable } from './terminal.ts';

const line = (members: Partial<FaultLine> = {}): FaultLine => ({
  row: 17,
  column: 'awardedDate',
  code: 'AWARDED_IN_FUTURE',
  message: 'After today.',
  hint: 'Wait.',
  sourceAwardId: 'A-1',
  ...members,
});

describe('the errors file', () => {
  it('has one line a fault, with the place, the reason and the remedy', () => {
    expect(errorsCsv([line()])).toBe('row,column,code,message,hint,sourceAwardId\n17,awardedDate,AWARDED_IN_FUTURE,After today.,Wait.,A-1\n');
  });

  it('has its header also when nothing is wrong', () => {
    expect(errorsCsv([])).toBe('row,column,code,message,hint,sourceAwardId\n');
  });

  it.each(['=HYPERLINK("http://example.org")', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('gives %j to no spreadsheet as a formula', (sourceAwardId) => {
    const [first] = parse(errorsCsv([line({ sourceAwardId })]), { columns: true }) as unknown as Record<string, string>[];
    expect(first!['sourceAwardId']).toBe(`'${sourceAwardId}`);
  });

  it('keeps commas, quotes, line ends and accents in a value', () => {
    const sourceAwardId = 'é,"\n';
    const [first] = parse(errorsCsv([line({ sourceAwardId })]), { columns: true }) as unknown as Record<string, string>[];
    expect(first!['sourceAwardId']).toBe(sourceAwardId);
  });
});

describe('a line of the report', () => {
  it('names row, column, code, message and hint', () => {
    expect(asText(line())).toBe('row 17, column awardedDate: AWARDED_IN_FUTURE. After today. Wait.');
    expect(asText(line({ column: '', message: 'Not JSON', hint: '' }))).toBe('row 17: AWARDED_IN_FUTURE. Not JSON.');
  });

  it('moves no cursor and turns no text around', () => {
    expect(printable('a\u001b[2Jb\u202ec')).toBe('a\uFFFD[2Jb\uFFFDc');
  });

  it('stands in the order of the file, for refused records only', () => {
    const record = (row: number) => ({ row, type: 'submit', data: {}, columnOf: () => '' });
    const faults = [{ pointer: '', code: 'REQUIRED', message: 'This property is required.' }];
    const lines = faultLines([
      { record: record(9), state: 'REJECTED', faults },
      { record: record(3), state: 'ACCEPTED', faults: [] },
      { record: record(2), state: 'REJECTED', faults },
    ]);
    expect(lines.map(({ row, hint }) => [row, hint])).toEqual([
      [2, 'Give a value here.'],
      [9, 'Give a value here.'],
    ]);
  });
});
