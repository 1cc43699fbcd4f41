import { resolve } from 'node:path';
import type { Directory, Imported } from '@mcr/articulation';
import { CannotRun } from './cannot-run.ts';
import { readDirectory } from './registry/directory.ts';
import { type Place, type Published, publishImported } from './registry/publish.ts';
import { lineOfListed, linesOfRefused, shown, write, writeLines } from './report/lines.ts';
import type { Terminal } from './report/terminal.ts';

/** All that the rows say is there; some is left to a person; could not run. */
export type ExitCode = 0 | 1 | 2;

export interface ImportOptions extends Place {
  readonly file: string;
  /** Without it: a dry run. */
  readonly publish: boolean;
  readonly directory?: string;
  readonly listed?: string;
  readonly proposals?: string;
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

function summaryOf({ agreements, pathways, listed }: Imported, published: readonly Published[] | undefined): string[] {
  const rows = new Set(listed.map(({ row }) => row)).size;
  const made = [counted(agreements.length, 'agreement'), ...(pathways.length > 0 ? [counted(pathways.length, 'pathway')] : [])].join(' and ');
  const kinds = [...Map.groupBy(agreements, ({ kind }) => kind)].map(([kind, { length }]) => `${length} ${kind}`).sort();
  const first = `${made} certain${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}; ${counted(rows, 'row')} left to a person`;
  if (!published) return [`${first}. Nothing was published: --publish does.`];
  const inState = (state: Published['state']): number => published.filter((each) => each.state === state).length;
  return [`${first}.`, `${inState('PUBLISHED')} published, ${inState('ALREADY_THERE')} there already, ${inState('REFUSED')} refused.`];
}

function checkPaths({ file, listed, proposals, directory }: ImportOptions): void {
  const inputs = [file, ...(directory === undefined ? [] : [directory])].map((path) => resolve(path));
  for (const output of [listed, proposals]) {
    if (output !== undefined && inputs.includes(resolve(output))) throw new CannotRun(`${output} would be overwritten. Choose another file.`);
  }
}

/** Reads a file, classifies all of it, and only then publishes, if that was asked for. */
export async function importFile(
  options: ImportOptions,
  classify: (file: string, directory: () => Promise<Directory>) => Promise<Imported>,
  terminal: Terminal,
): Promise<ExitCode> {
  checkPaths(options);
  const imported = await classify(options.file, () => readDirectory(options));
  if (options.proposals !== undefined)
    await write(options.proposals, `${JSON.stringify({ pathways: imported.pathways, agreements: imported.agreements }, null, 1)}\n`);
  const published = options.publish ? await publishImported(options, imported, terminal) : undefined;
  const lines = [...imported.listed.map(lineOfListed), ...(published ?? []).flatMap(linesOfRefused)];
  if (options.listed !== undefined) await writeLines(options.listed, lines);
  for (const line of [...shown(lines), ...summaryOf(imported, published)]) terminal.line(line);
  return lines.length > 0 ? 1 : 0;
}
