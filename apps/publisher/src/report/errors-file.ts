import { stat, writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { CannotRun } from '../cannot-run.ts';
import type { FaultLine } from './fault-lines.ts';

const COLUMNS = ['row', 'column', 'code', 'message', 'hint', 'sourceAwardId'] as const satisfies readonly (keyof FaultLine)[];

/** The faults as CSV. Whatever a spreadsheet would take for a formula begins with an apostrophe. */
export const errorsCsv = (lines: readonly FaultLine[]): string => stringify([...lines], { header: true, columns: [...COLUMNS], escape_formulas: true });

const isSameFile = async (path: string, other: string): Promise<boolean> => {
  const [left, right] = await Promise.all([path, other].map((one) => stat(one).catch(() => undefined)));
  return left !== undefined && right !== undefined && left.dev === right.dev && left.ino === right.ino;
};

/** Prepares the errors file before anything is sent. @throws CannotRun when it cannot be written, or would overwrite what is read. */
export async function prepareErrorsFile(path: string, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) if (await isSameFile(path, input)) throw new CannotRun(`--errors would overwrite ${input}. Choose another file for --errors.`);
  await writeErrorsFile(path, []);
}

/** @throws CannotRun when the file cannot be written. */
export async function writeErrorsFile(path: string, lines: readonly FaultLine[]): Promise<void> {
  try {
    await writeFile(path, errorsCsv(lines));
  } catch (error) {
    throw new CannotRun(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). Choose another file for --errors.`);
  }
}
