import { IdentifierType } from '@mcr/contracts';
import type { Fault } from '@mcr/event-kit';
import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import { CannotRun } from '../cannot-run.ts';
import { checkHeader } from './columns.ts';
import type { FileRecord } from './file-record.ts';

const NUMBERS = new Set(['revision', 'microCredentialVersion', 'creditsEarned', 'hoursCompleted']);
const LISTS = new Set(['competenciesDemonstrated', 'assessmentRef']);
const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** What does not look like its kind stays text: the contract then says so, with row and column. */
function valueOf(column: string, cell: string): unknown {
  if (NUMBERS.has(column)) return DECIMAL.test(cell) ? Number(cell) : cell;
  return LISTS.has(column) ? cell.split(/[\s;]+/).filter((part) => part !== '') : cell;
}

interface Cells {
  readonly record: readonly string[];
  readonly info: InfoRecord;
}

const tooManyCells = (found: number, expected: number): Fault => ({
  pointer: '',
  code: 'MALFORMED_ROW',
  message: `The row has ${found} cells, the header has ${expected}.`,
  hint: 'A value that contains a comma must stand between double quotes.',
});

/** Which column a pointer into the data came from; `identifiers` are the columns of the learner's identifiers, in order. */
function columnOf(pointer: string, identifiers: readonly string[]): string {
  const [first = '', second, third] = pointer.split('/').slice(1);
  if (first !== 'learner') return first;
  if (second === 'name') return 'learner.name';
  return identifiers[Number(third)] ?? IdentifierType.options.map((type) => `learner.${type}`).join(', ');
}

function recordOf(header: readonly string[], cells: readonly string[], row: number): FileRecord {
  const filled = header.flatMap((column, index) => (cells[index] ? [[column, cells[index]] as const] : []));
  const identifiers = filled.filter(([column]) => column.startsWith('learner.') && column !== 'learner.name');
  const name = filled.find(([column]) => column === 'learner.name')?.[1];
  const learner = {
    identifiers: identifiers.map(([column, value]) => ({ type: column.slice('learner.'.length), value })),
    ...(name === undefined ? {} : { name }),
  };
  const type = filled.find(([column]) => column === 'type')?.[1] ?? 'submit';
  const properties = filled
    .filter(([column]) => column !== 'type' && !column.startsWith('learner.'))
    .map(([column, value]) => [column, valueOf(column, value)]);
  const hasLearner = identifiers.length > 0 || name !== undefined;
  const extra = cells.slice(header.length).some((cell) => cell !== '');
  return {
    row,
    type,
    data: { ...(Object.fromEntries(properties) as Record<string, unknown>), ...(hasLearner ? { learner } : {}) },
    ...(extra ? { unreadable: tooManyCells(cells.length, header.length) } : {}),
    columnOf: (pointer) =>
      columnOf(
        pointer,
        identifiers.map(([column]) => column),
      ),
  };
}

function cellsOf(text: string): Cells[] {
  try {
    return parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as Cells[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CannotRun(
      `The CSV breaks off at line ${String(error['lines'])} (${error.code}), and nothing was sent. Look for a double quote that is not closed or not doubled.`,
    );
  }
}

/** Reads comma-separated values (RFC 4180). @throws CannotRun when the header does not fit or a quote never ends. */
export function readCsv(text: string): FileRecord[] {
  const [first, ...rows] = cellsOf(text);
  if (!first) throw new CannotRun('The file is empty. Its first line must name the columns.');
  // Spreadsheets write empty columns to the right of the table.
  const header = first.record.slice(0, first.record.findLastIndex((name) => name !== '') + 1);
  checkHeader(header);
  return rows.filter(({ record }) => record.some((cell) => cell !== '')).map(({ record, info }) => recordOf(header, record, info.records + info.empty_lines));
}
