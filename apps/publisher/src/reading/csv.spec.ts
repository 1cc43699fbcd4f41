import { describe, expect, it } from '@jest/globals';
import { CannotRun } from '../cannot-run.ts';
import { readCsv } from './csv.ts';

const HEADER = 'sourceAwardId,revision,microCredentialCtid,awardedDate,method,learner.STUDENT_NUMBER,learner.name';
const CTID = 'ce-c2ab55b3-e7b0-437c-bce5-f306f829f588';
const row = (name = 'Sample', id = 'A-1') => `${id},1,${CTID},2026-05-15,INSTRUCTION,SYN-1,${name}`;
const csv = (...rows: string[]) => [HEADER, ...rows].join('\n');
const message = (text: string): string => {
  try {
    readCsv(text);
  } catch (error) {
    if (error instanceof CannotRun) return error.message;
    throw error;
  }
  return 'it was read';
};

describe('a CSV file of awards', () => {
  it('gives each row the shape that events carry', () => {
    expect(readCsv(csv(row()))).toMatchObject([
      {
        row: 2,
        type: 'submit',
        data: {
          sourceAwardId: 'A-1',
          revision: 1,
          microCredentialCtid: CTID,
          awardedDate: '2026-05-15',
          method: 'INSTRUCTION',
          learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: 'SYN-1' }], name: 'Sample' },
        },
      },
    ]);
  });

  it.each([
    ['a byte order mark', `\uFEFF${csv(row())}`],
    ['CRLF line ends', csv(row()).replaceAll('\n', '\r\n')],
    ['no line end at the end', csv(row())],
    ['empty columns to the right', csv(row()).replaceAll('\n', ',,\n')],
    ['quoted header names', csv(row()).replace('sourceAwardId', '"sourceAwardId"')],
    ['blanks around the values', csv(row()).replaceAll(',', ' , ')],
  ])('is read with %s', (_what, text) => {
    expect(readCsv(text)[0]!.data).toMatchObject({ sourceAwardId: 'A-1', revision: 1 });
  });

  it.each([
    ['a comma and an accent', '"Exemple, Renée"', 'Exemple, Renée'],
    ['a quote', '"Sam ""Ex"" Ample"', 'Sam "Ex" Ample'],
    ['a line end', '"two\nlines"', 'two\nlines'],
    ['what a spreadsheet takes for a formula', '=1+1', '=1+1'],
    ['a NUL character', 'a\u0000b', 'a\u0000b'],
  ])('keeps %s in a value', (_what, cell, name) => {
    expect(readCsv(csv(row(cell)))[0]!.data['learner']).toMatchObject({ name });
  });

  it('keeps a value of two million characters, for the contract to judge', () => {
    expect(readCsv(csv(row('x'.repeat(2_000_000))))[0]!.data['learner']).toMatchObject({ name: 'x'.repeat(2_000_000) });
  });

  it('counts rows as a spreadsheet does, over empty ones and line ends within quotes', () => {
    const text = csv(row('"two\nlines"', 'A-2'), '', row('Sample', 'A-4'), ',,,,,,', row('Sample', 'A-6'));
    expect(readCsv(text).map((record) => [record.row, record.data['sourceAwardId']])).toEqual([
      [2, 'A-2'],
      [4, 'A-4'],
      [6, 'A-6'],
    ]);
  });

  it('leaves what does not look like a number for the contract to refuse', () => {
    const revisions = ['one', '1,5', '1e3', ''].map((text) => readCsv(csv(row().replace(',1,', `,"${text}",`)))[0]!.data['revision']);
    expect(revisions).toEqual(['one', '1,5', '1e3', undefined]);
  });

  it('says which row has more cells than the header', () => {
    const [record] = readCsv(csv(`${row()},Doe`));
    expect(record!.unreadable).toMatchObject({ code: 'MALFORMED_ROW', message: 'The row has 8 cells, the header has 7.' });
  });

  it('names the column that a pointer into the data came from', () => {
    const text = 'sourceAwardId,revision,type,learner.EMAIL,learner.PEN,competenciesDemonstrated\nA-1,1,submit,a@example.org,746282656,ce-1 ce-2';
    const [record] = readCsv(text);
    const columns = ['/revision', '/learner/identifiers/0/value', '/learner/identifiers/1/value', '/learner/name', '/competenciesDemonstrated/1', ''].map(
      (pointer) => record!.columnOf(pointer),
    );
    expect(columns).toEqual(['revision', 'learner.EMAIL', 'learner.PEN', 'learner.name', 'competenciesDemonstrated', '']);
    expect(record!.data['competenciesDemonstrated']).toEqual(['ce-1', 'ce-2']);
  });
});

describe('a CSV file that cannot be used', () => {
  it('is refused when it is empty', () => {
    expect(message('')).toMatch(/^The file is empty/);
  });

  it('is refused with every missing, unknown and repeated column at once', () => {
    const text = message('sourceAwardId,revision,microCredentialCtid,awarded,colour,revision\nA-1,1,x,y,z,1');
    expect(text).toContain('Missing columns: awardedDate, method.');
    expect(text).toContain('Missing columns: at least one of learner.PEN, learner.STUDENT_NUMBER, learner.EMAIL, learner.DID.');
    expect(text).toContain('Unknown columns: awarded, colour.');
    expect(text).toContain('Columns that appear twice: revision.');
  });

  it('is refused when one column is missing', () => {
    expect(message(csv(row()).replace('method', 'methods'))).toMatch(/Missing columns: method\.\nUnknown columns: methods\./);
  });

  it('is refused without repeating a first line that is a record and no header', () => {
    const text = message(`${row()}\n${row()}`);
    expect(text).toMatch(/names none of the columns/);
    expect(text).not.toContain('SYN-1');
  });

  it('is refused with a hint when its separator is another', () => {
    expect(message(csv(row()).replaceAll(',', ';'))).toContain('separated by commas');
  });

  it('is refused with the line at which a quote never ends', () => {
    expect(message(csv(row('"never ends'), row()))).toMatch(/breaks off at line 3 \(CSV_QUOTE_NOT_CLOSED\), and nothing was sent/);
  });
});
