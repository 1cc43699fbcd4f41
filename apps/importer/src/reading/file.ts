import { readFile, stat } from 'node:fs/promises';
import { StrictJsonError, parseStrictJson } from '@mcr/event-kit';
import { CannotRun } from '../cannot-run.ts';

/** The whole file is read before anything is done. */
const MOST_BYTES = 256 * 1024 * 1024;

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new CannotRun(`${path} is larger than 256 MiB. Split it: the parts may be imported one after the other.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}). Check the name and the folder.`);
  }
}

/** UTF-8 with or without a byte order mark. @throws CannotRun for any other encoding, and for what cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(path));
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`${path} is not UTF-8. In a spreadsheet choose "CSV UTF-8 (comma delimited)" when saving.`);
  }
}

/** @throws CannotRun when it is no JSON, or repeats a name. */
export function jsonOf(text: string, path: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    throw new CannotRun(`${path} is not JSON as it should be: ${error.message}`);
  }
}
