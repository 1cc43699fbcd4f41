import { parseStrictJson, StrictJsonError, type Fault } from '@mcr/event-kit';
import type { FileRecord } from './file-record.ts';

const propertyOf = (pointer: string): string =>
  pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');

const unreadable = (row: number, fault: Omit<Fault, 'pointer'>): FileRecord => ({
  row,
  type: 'submit',
  data: {},
  unreadable: { pointer: '', ...fault },
  columnOf: propertyOf,
});

function recordOf(line: string, row: number): FileRecord {
  let value: unknown;
  try {
    value = parseStrictJson(line);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    return unreadable(row, { code: 'MALFORMED_JSON', message: `${error.message}.`, hint: 'Each line is one JSON object.' });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return unreadable(row, { code: 'WRONG_TYPE', message: 'The line is not a JSON object.', hint: 'Each line is one record, such as {"sourceAwardId": …}.' });
  }
  const { type = 'submit', ...data } = value as Record<string, unknown>;
  return { row, type: typeof type === 'string' ? type : JSON.stringify(type), data, columnOf: propertyOf };
}

/** One JSON object a line: the data as the events carry it, and `type` where it is not a submission. Empty lines are passed over. */
export function readJsonLines(text: string): FileRecord[] {
  return text.split(/\r?\n/).flatMap((line, index) => (line.trim() === '' ? [] : [recordOf(line, index + 1)]));
}
