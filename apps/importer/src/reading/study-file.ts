import { type Study, readStudy } from '@mcr/articulation';
import { CannotRun } from '../cannot-run.ts';
import { jsonOf, readText } from './file.ts';

const SHOWN = 20;

/** Articulation that a study compiled, from JSON. @throws CannotRun with the places of what is wrong. */
export async function readStudyFile(path: string): Promise<Study> {
  const read = readStudy(jsonOf(await readText(path), path));
  if ('study' in read) return read.study;
  const shown = read.faults.slice(0, SHOWN).map(({ pointer, code, message }) => `  ${pointer || '(the whole)'} ${code}: ${message}`);
  const more = read.faults.length > SHOWN ? [`  and ${read.faults.length - SHOWN} more`] : [];
  throw new CannotRun([`${path} does not hold the rows of a study, and nothing was imported.`, ...shown, ...more].join('\n'));
}
