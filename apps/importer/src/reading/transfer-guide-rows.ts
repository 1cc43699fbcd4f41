import { extname } from 'node:path';
import { type RawRow, requiredColumns, rowColumns } from '@mcr/articulation';
import { CsvError, parse } from 'csv-parse/sync';
import { CannotRun } from '../cannot-run.ts';
import { jsonOf, readText } from './file.ts';

const listed = (names: readonly string[]): string => names.map((name) => (name === '' ? '(no name)' : name)).join(', ');

function checkHeader(header: readonly string[]): void {
  const known: readonly string[] = rowColumns;
  const missing = requiredColumns.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !known.includes(name));
  const twice = header.filter((name, at) => header.indexOf(name) < at);
  if (missing.length + unknown.length + twice.length === 0) return;
  throw new CannotRun(
    [
      'The columns do not fit, and nothing was imported.',
      ...(missing.length > 0 ? [`Missing: ${listed(missing)}.`] : []),
      ...(unknown.length > 0 ? [`Unknown: ${listed(unknown)}.`] : []),
      ...(twice.length > 0 ? [`Twice: ${listed(twice)}.`] : []),
      `Columns that are known: ${listed(rowColumns)}.`,
    ].join('\n'),
  );
}

function fromCsv(text: string): RawRow[] {
  try {
    const [header, ...rows] = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
    if (!header) throw new CannotRun('The file is empty. Its first line must name the columns.');
    // Spreadsheets write empty columns to the right of the table.
    const names = header.slice(0, header.findLastIndex((name) => name !== '') + 1);
    checkHeader(names);
    const wide = rows.findIndex((cells) => cells.slice(names.length).some((cell) => cell !== ''));
    if (wide >= 0) throw new CannotRun(`Row ${wide + 1} has more cells than the header. A value with a comma must stand between double quotes.`);
    return rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CannotRun(`The CSV breaks off at line ${String(error['lines'])} (${error.code}). Look for a double quote that is not closed or not doubled.`);
  }
}

function fromJson(value: unknown, path: string): RawRow[] {
  const isRow = (row: unknown): row is RawRow => row !== null && typeof row === 'object' && !Array.isArray(row);
  if (!Array.isArray(value) || !value.every(isRow))
    throw new CannotRun(`${path} must hold a list of rows, each an object with the members ${listed(rowColumns)}.`);
  checkHeader([...new Set([...requiredColumns, ...value.flatMap(Object.keys)])]);
  return value;
}

/** Rows of the B.C. Transfer Guide from a `.csv` or `.json` file. @throws CannotRun when the file as a whole cannot be used. */
export async function readTransferGuide(path: string): Promise<RawRow[]> {
  const kind = extname(path).toLowerCase();
  if (kind !== '.csv' && kind !== '.json') throw new CannotRun(`${path} is neither .csv nor .json. Name it after what is in it.`);
  const text = await readText(path);
  const rows = kind === '.csv' ? fromCsv(text) : fromJson(jsonOf(text, path), path);
  if (rows.length === 0) throw new CannotRun(`${path} holds no row.`);
  return rows;
}
