import { writeFile } from 'node:fs/promises';
import type { Listed } from '@mcr/articulation';
import { stringify } from 'csv-stringify/sync';
import { CannotRun } from '../cannot-run.ts';
import type { Published } from '../registry/publish.ts';

/** One thing that a person has to look at, as it is printed and as it stands in the file. */
export interface Line {
  readonly row: string;
  readonly column: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const COLUMNS = ['row', 'column', 'code', 'message', 'hint'] as const satisfies readonly (keyof Line)[];
const SHOWN = 200;

export const lineOfListed = ({ row, column = '', code, message, hint }: Listed): Line => ({ row: String(row), column, code, message, hint });

/** What the registry refused, fault by fault. */
export const linesOfRefused = ({ what, rows, state, faults }: Published): Line[] =>
  state !== 'REFUSED'
    ? []
    : faults.map(({ pointer, code, message }) => ({
        row: rows.join(' '),
        column: `${what}${pointer}`,
        code,
        message,
        hint: 'The registry refused it: see the README of pathways.',
      }));

const asText = ({ row, column, code, message, hint }: Line): string =>
  `${row === '' ? column : `row ${row}${column === '' ? '' : `, ${column}`}`}: ${code}. ${message} ${hint}`;

/** The first of them in words; a file has them all. */
export function shown(lines: readonly Line[]): string[] {
  const rest = lines.length - SHOWN;
  return [...lines.slice(0, SHOWN).map(asText), ...(rest > 0 ? [`… and ${rest} more; --listed FILE.csv has them all.`] : [])];
}

/** As CSV. Whatever a spreadsheet would take for a formula begins with an apostrophe. @throws CannotRun when it cannot be written. */
export async function writeLines(path: string, lines: readonly Line[]): Promise<void> {
  await write(path, stringify([...lines], { header: true, columns: [...COLUMNS], escape_formulas: true }));
}

/** @throws CannotRun when the file cannot be written. */
export async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new CannotRun(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). Choose another file.`);
  }
}
