import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { CannotRun } from '../cannot-run.ts';
import { readCsv } from './csv.ts';
import type { FileRecord } from './file-record.ts';
import { readJsonLines } from './json-lines.ts';

/** The whole file is read before anything is sent, so that a file that breaks off in the middle sends nothing. */
const MOST_BYTES = 256 * 1024 * 1024;

const readers = new Map<string, (text: string) => FileRecord[]>([
  ['.csv', readCsv],
  ['.jsonl', readJsonLines],
  ['.ndjson', readJsonLines],
]);

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new CannotRun(`${path} is larger than 256 MiB. Split it: the parts may be published one after the other.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). Check the name and the folder.`);
  }
}

/** UTF-8 with or without a byte order mark. @throws CannotRun for any other encoding. */
export function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CannotRun(`${path} is not UTF-8. In a spreadsheet choose "CSV UTF-8 (comma delimited)" when saving.`);
  }
}

/** @throws CannotRun with what to do when the file cannot be used as a whole. */
export async function readRecords(path: string): Promise<FileRecord[]> {
  const read = readers.get(extname(path).toLowerCase());
  if (!read) throw new CannotRun(`${path} is neither .csv nor .jsonl. Name it after what is in it.`);
  const records = read(textOf(await bytesOf(path), path));
  if (records.length === 0) throw new CannotRun(`${path} holds no record. Add one below the header, or one line of JSON.`);
  return records;
}
