import { describe, expect, it } from '@jest/globals';
import { PublishAgreement } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { directoryOf } from '../directory.ts';
import { importTransferGuide } from './import-rows.ts';
import type { RawRow } from './row.ts';

const ctid = { hist: newCtid(), math: newCtid(), math2: newCtid(), welding: newCtid(), twinOne: newCtid(), twinTwo: newCtid() };
const offered = (codedNotation: string, id: string, isNonCredit = false) => ({ codedNotation, ctid: id, isNonCredit, offeredBy: ['DOUG'] });
const directory = directoryOf({
  institutions: [
    { code: 'DOUG', names: ['Douglas College'] },
    { code: 'UBC', names: ['University of British Columbia', 'UBCV'] },
    { code: 'ONE', names: ['The Same'] },
    { code: 'TWO', names: ['The Same'] },
  ],
  microCredentials: [
    offered('HIST 125', ctid.hist),
    offered('MATH 110', ctid.math),
    offered('MATH 111', ctid.math2),
    offered('WELD 100', ctid.welding, true),
    offered('TWIN 100', ctid.twinOne),
    offered('twin  100', ctid.twinTwo),
  ],
  requirements: [
    { institution: 'UBC', course: 'LING 311', id: 'language' },
    { institution: 'UBC', course: 'LING 400', id: 'a' },
    { institution: 'UBC', course: 'LING 400', id: 'b' },
  ],
});

const row = (changes: RawRow = {}): RawRow => ({
  sendingInstitution: 'Douglas College',
  subject: 'HIST',
  number: '125',
  credit: '3',
  title: 'Canada',
  receivingInstitution: 'UBC',
  detail: 'UBC HIST 135 (3)',
  condition: '',
  startDate: '2020-09-01',
  endDate: '',
  ...changes,
});
const importing = (...rows: RawRow[]) => importTransferGuide(rows, directory);
const codes = (changes: RawRow) => importing(row(changes)).listed.map(({ column, code }) => `${column} ${code}`);

describe('rows of the transfer guide', () => {
  it.each([
    ['a course', {}, { kind: 'ASSIGNED', from: [{ microCredential: ctid.hist }], grants: [{ course: 'HIST 135', subject: 'HIST', level: 100, credits: 3 }] }],
    [
      'two together',
      { subject: 'MATH', number: '110 & 111', detail: 'MATH 1XX (6)' },
      { kind: 'UNASSIGNED', from: [{ microCredential: ctid.math }, { microCredential: ctid.math2 }] },
    ],
    ['a cluster', { subject: 'MATH', number: '110 & 111', detail: 'MATH 180 (3), MATH 101 (3)' }, { kind: 'CLUSTER' }],
    ['a least grade', { condition: 'minimum 65%' }, { from: [{ microCredential: ctid.hist, minGrade: 65 }] }],
    ['no credit', { detail: 'No credit' }, { kind: 'NO_CREDIT', grants: [] }],
    ['an assessment', { detail: 'Individual assessment' }, { kind: 'INDIVIDUAL_ASSESSMENT', grants: [] }],
    ['an exemption', { detail: 'exempt LING 311' }, { kind: 'EXEMPTION', grants: [{ subject: 'LING', credits: 0, waives: 'language' }] }],
    ['credit of a subject for a non-credit one', { subject: 'WELD', number: 100, detail: 'TRAD 1XX (2)' }, { kind: 'UNASSIGNED' }],
    ['a last day', { endDate: '2024-08-31' }, { startDate: '2020-09-01', endDate: '2024-08-31' }],
  ])('make an agreement of %s', (_what, changes, expected) => {
    const { agreements, listed } = importing(row(changes));
    expect(listed).toEqual([]);
    expect(agreements).toMatchObject([{ sender: 'DOUG', receiver: 'UBC', ...expected }]);
  });

  it('make what the command takes, the same every time', () => {
    const [{ rows: _rows, ...agreement }] = importing(row()).agreements as [ReturnType<typeof importing>['agreements'][number]];
    expect(PublishAgreement.input.safeParse(agreement).success).toBe(true);
    expect(importing(row()).agreements).toEqual(importing(row({ title: 'Another title' })).agreements);
  });

  it.each([
    ['an unknown sender', { sendingInstitution: 'Elsewhere College' }, ['sendingInstitution INSTITUTION_UNKNOWN']],
    ['a name that two have', { receivingInstitution: 'The Same' }, ['receivingInstitution INSTITUTION_UNKNOWN']],
    ['one institution twice', { receivingInstitution: 'DOUG', detail: 'HIST 135 (3)' }, ['receivingInstitution SENDER_IS_RECEIVER']],
    ['an unknown course', { number: '999' }, ['number MICRO_CREDENTIAL_UNKNOWN']],
    ['a code that two have', { subject: 'TWIN', number: '100' }, ['number MICRO_CREDENTIAL_AMBIGUOUS']],
    ['a choice of numbers', { number: '125 or 126' }, ['number SENDING_UNCLEAR']],
    ['a non-credit one for a course', { subject: 'WELD', number: '100' }, ['detail NON_CREDIT']],
    ['no credit for a non-credit one', { subject: 'WELD', number: '100', detail: 'No credit' }, ['detail NON_CREDIT']],
    ['an exemption that nothing asks for', { detail: 'exempt LING 999' }, ['detail WAIVER_UNKNOWN']],
    ['an exemption that two ask for', { detail: 'exempt LING 400' }, ['detail WAIVER_UNKNOWN']],
    ['a letter', { condition: 'minimum grade C+' }, ['condition GRADE_IN_LETTERS']],
    ['a fraction', { credit: '2 1/2' }, ['credit CREDIT_INVALID']],
    ['a negative credit', { credit: -3 }, ['credit CREDIT_INVALID']],
    ['reversed dates', { endDate: '2019-01-01' }, ['endDate DATES_REVERSED']],
    ['a day that does not exist', { startDate: '2023-02-29' }, ['startDate DATE_INVALID']],
    ['another way to write a day', { startDate: '01/09/2020' }, ['startDate DATE_INVALID']],
    ['nothing where something is needed', { detail: '', startDate: null }, ['detail VALUE_MISSING', 'startDate VALUE_MISSING']],
    ['something else than text', { detail: { toString: 'no' } }, ['detail WRONG_TYPE']],
    ['a very long text', { detail: 'HIST 125 (3), '.repeat(1000) }, ['detail VALUE_TOO_LONG']],
    ['a formula', { subject: '=HYPERLINK("http://x")' }, ['number SENDING_UNCLEAR']],
  ])('are left to a person for %s', (_what, changes, expected) => {
    expect(codes(changes as RawRow)).toEqual(expected);
    expect(importing(row(changes as RawRow)).agreements).toEqual([]);
  });

  it('tell every reason of a row at once', () => {
    expect(codes({ sendingInstitution: 'Nobody', receivingInstitution: 'Nowhere', detail: 'see calendar', condition: 'C+' })).toEqual([
      'sendingInstitution INSTITUTION_UNKNOWN',
      'receivingInstitution INSTITUTION_UNKNOWN',
      'condition GRADE_IN_LETTERS',
      'detail DETAIL_UNCLEAR',
    ]);
  });

  it('make one agreement of rows that say the same, and say so', () => {
    const { agreements, listed } = importing(row(), row({ credit: 3, detail: 'HIST 135 (3).' }));
    expect(agreements).toHaveLength(1);
    expect(listed).toMatchObject([{ row: 2, code: 'REPEATED' }]);
  });

  it('that contradict each other are listed, all of them; those before and after are not', () => {
    const { agreements, listed } = importing(
      row({ startDate: '2010-01-01', endDate: '2014-12-31', detail: 'HIST 101 (3)' }),
      row({ startDate: '2015-01-01', endDate: '2019-12-31', detail: 'HIST 102 (3)' }),
      row({ startDate: '2016-01-01', endDate: '2016-12-31', detail: 'HIST 103 (3)' }),
      row({ startDate: '2020-01-01', detail: 'HIST 104 (3)' }),
      row({ startDate: '2020-01-01', detail: 'HIST 1XX (3)' }),
    );
    expect(listed.map((each) => [each.row, each.code])).toEqual([[2, 'CONTRADICTION'], [3, 'CONTRADICTION']]); // prettier-ignore
    expect(agreements.map(({ rows }) => rows[0])).toEqual([1, 4, 5]);
  });

  it('may be a hundred thousand that all contradict each other', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => row({ detail: `HIST ${100 + (index % 900)} (${1 + (index % 60)})` }));
    const { agreements, listed } = importing(...rows);
    expect(agreements).toEqual([]);
    expect(listed).toHaveLength(100_000);
  });
});
