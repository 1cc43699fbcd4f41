import { isCalendarDate } from '@mcr/event-kit';
import type { Listed, ListedCode } from '../proposal.ts';

/** The members of a row of the B.C. Transfer Guide, as columns of a file. */
export const rowColumns = [
  'sendingInstitution',
  'subject',
  'number',
  'credit',
  'title',
  'receivingInstitution',
  'detail',
  'condition',
  'startDate',
  'endDate',
] as const;
export type RowColumn = (typeof rowColumns)[number];
export const requiredColumns: readonly RowColumn[] = ['sendingInstitution', 'subject', 'number', 'receivingInstitution', 'detail', 'startDate'];

/** A row as a file gives it: texts, from JSON also numbers and nothing. */
export type RawRow = Readonly<Partial<Record<RowColumn, unknown>>>;

export interface TransferGuideRow {
  readonly row: number;
  readonly sendingInstitution: string;
  readonly subject: string;
  readonly number: string;
  readonly receivingInstitution: string;
  readonly detail: string;
  readonly condition: string;
  readonly startDate: string;
  /** None: ongoing. */
  readonly endDate: string | undefined;
}

const MOST_CHARACTERS = 300;
const OPEN_END = /^(|none|ongoing|no end date|-)$/i;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).normalize('NFKC').replaceAll(/\s+/g, ' ').trim() : '';

/** Reads one row. Everything that is wrong with it is listed at once; then there is no row. */
export function readRow(raw: RawRow, row: number): { readonly row?: TransferGuideRow; readonly listed: readonly Listed[] } {
  const listed: Listed[] = [];
  const say = (column: RowColumn, code: ListedCode, message: string, hint: string): void => void listed.push({ row, column, code, message, hint });
  const text = Object.fromEntries(rowColumns.map((column) => [column, textOf(raw[column])])) as Record<RowColumn, string>;
  for (const column of rowColumns) {
    const value = raw[column];
    if (value !== undefined && value !== null && typeof value !== 'string' && typeof value !== 'number')
      say(column, 'WRONG_TYPE', 'This is neither a text nor a number.', 'Give a text.');
    else if (text[column].length > MOST_CHARACTERS)
      say(column, 'VALUE_TOO_LONG', `This has more than ${MOST_CHARACTERS} characters.`, 'Shorten it, or list the agreement by hand.');
    else if (text[column] === '' && requiredColumns.includes(column)) say(column, 'VALUE_MISSING', 'Nothing stands here.', 'Give a value.');
  }
  if (text.credit !== '' && !/^\d{1,2}(\.\d{1,2})?$/.test(text.credit))
    say('credit', 'CREDIT_INVALID', 'This is no number of credits.', 'Write a number such as 3 or 1.5, with a point.');
  const { startDate } = text;
  const endDate = OPEN_END.test(text.endDate) ? undefined : text.endDate;
  if (startDate !== '' && !isCalendarDate(startDate)) say('startDate', 'DATE_INVALID', 'This is no day of the calendar.', 'Write it as 2026-09-01.');
  if (endDate !== undefined && !isCalendarDate(endDate))
    say('endDate', 'DATE_INVALID', 'This is no day of the calendar.', 'Write it as 2026-09-01, or nothing.');
  else if (endDate !== undefined && isCalendarDate(startDate) && endDate <= startDate)
    say('endDate', 'DATES_REVERSED', 'The last day does not come after the first.', 'Compare the two dates with the source.');
  return listed.length > 0 ? { listed } : { listed, row: { row, ...text, endDate } };
}
