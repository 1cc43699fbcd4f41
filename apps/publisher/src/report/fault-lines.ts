import type { Fault } from '@mcr/event-kit';
import type { Outcome } from './outcome.ts';

/** One fault of one record, as it is printed and as it stands in the errors file. */
export interface FaultLine {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly sourceAwardId: string;
}

/** Faults of shape come without a hint of their own. */
const hints = new Map(
  Object.entries({
    REQUIRED: 'Give a value here.',
    WRONG_TYPE: 'samples/awards/good.csv shows the form.',
    INVALID_VALUE: 'samples/awards/good.csv shows the form.',
    INVALID_FORMAT: 'samples/awards/good.csv shows the form.',
    TOO_SMALL: 'Give a larger number or a longer text.',
    TOO_BIG: 'Give a smaller number or a shorter text.',
  }),
);

const lineOf = ({ record }: Outcome, { pointer, code, message, hint }: Fault): FaultLine => {
  const name = record.data['sourceAwardId'];
  return {
    row: record.row,
    column: record.columnOf(pointer),
    code,
    message,
    hint: hint ?? hints.get(code) ?? '',
    sourceAwardId: typeof name === 'string' ? name : '',
  };
};

/** The faults of all refused records, in the order of the file. */
export const faultLines = (outcomes: readonly Outcome[]): FaultLine[] =>
  outcomes
    .filter(({ state }) => state === 'REJECTED')
    .toSorted((left, right) => left.record.row - right.record.row)
    .flatMap((outcome) => outcome.faults.map((fault) => lineOf(outcome, fault)));

const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

/** Without the sourceAwardId: the row says which record it is, and a terminal keeps its history. */
export function asText({ row, column, code, message, hint }: FaultLine): string {
  const place = column === '' ? `row ${row}` : `row ${row}, column ${column}`;
  return [`${place}: ${code}.`, sentence(message), hint].filter((part) => part !== '').join(' ');
}
