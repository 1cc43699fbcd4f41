import { writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { CannotRun } from '../cannot-run.ts';
import type { FaultLine } from './fault-lines.ts';

const COLUMNS = ['row', 'column', 'code', 'message', 'hint', 'sourceAwardId'] as const satisfies readonly (keyof FaultLine)[];

/** The faults as CSV. Whatever a spreadsheet would take for a formula begins with an apostrophe. */
export const errorsCsv = (lines: readonly FaultLine[]): string => stringify([...lines], { header: true, columns: [...COLUMNS], escape_formulas: true });

/** @throws CannotRun when the file cannot be written; asked before anything is sent. */
export async function writeErrorsFile(path: string, lines: readonly FaultLine[]): Promise<void> {
  try {
    await writeFile(path, errorsCsv(lines));
  } catch (error) {
    throw new CannotRun(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). Choose another file for --errors.`);
  }
}
