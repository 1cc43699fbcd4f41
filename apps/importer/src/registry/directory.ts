import { type Directory, type DirectoryEntries, directoryOf } from '@mcr/articulation';
import { NotYet, pagesOf } from '@mcr/registry-client';
import { z } from 'zod';
import { CannotRun } from '../cannot-run.ts';
import { jsonOf, readText } from '../reading/file.ts';

interface Institution {
  readonly code: string;
  readonly name: string;
}
interface MicroCredential {
  readonly ctid: string;
  readonly codedNotation: string | null;
  readonly isNonCredit: boolean;
  readonly offeredBy: readonly { readonly code: string }[];
}
interface Pathway {
  readonly status: string;
  readonly ownedBy: { readonly code: string } | null;
  readonly requirements: readonly { readonly id: string; readonly course: string | null }[];
}

/** Who and what a running registry knows, of its public lists. @throws CannotRun when it does not give them. */
export async function fetchEntries(url: string): Promise<DirectoryEntries> {
  try {
    const institutions = await pagesOf<Institution>(url, 'institutions', 'code name');
    const microCredentials = await pagesOf<MicroCredential>(url, 'microCredentials', 'ctid codedNotation isNonCredit offeredBy { code }');
    const pathways = await pagesOf<Pathway>(url, 'pathways', 'status ownedBy { code } requirements { id course }');
    return {
      institutions: institutions.map(({ code, name }) => ({ code, names: [name] })),
      microCredentials: microCredentials.map((each) => ({ ...each, offeredBy: each.offeredBy.map(({ code }) => code) })),
      requirements: pathways
        .filter(({ status }) => status === 'PUBLISHED')
        .flatMap(({ ownedBy, requirements }) =>
          requirements.flatMap(({ id, course }) => (ownedBy && course !== null ? [{ institution: ownedBy.code, course, id }] : [])),
        ),
    };
  } catch (error) {
    if (error instanceof NotYet) throw new CannotRun(`${error.message} Start it, or name it with --url.`);
    throw new CannotRun(`The registry at ${url} does not give its lists. ${error instanceof Error ? error.message : ''}`);
  }
}

const Entries = z.object({
  institutions: z.array(z.object({ code: z.string(), names: z.array(z.string()) })),
  microCredentials: z.array(z.object({ ctid: z.string(), codedNotation: z.string().nullish(), isNonCredit: z.boolean(), offeredBy: z.array(z.string()) })),
  requirements: z.array(z.object({ institution: z.string(), course: z.string(), id: z.string() })),
});

/** The directory of a registry, or of a file that `importer directory` wrote: that needs no registry. */
export async function readDirectory({ url, directory }: { readonly url: string; readonly directory?: string }): Promise<Directory> {
  if (directory === undefined) return directoryOf(await fetchEntries(url));
  const parsed = Entries.safeParse(jsonOf(await readText(directory), directory));
  if (!parsed.success) throw new CannotRun(`${directory} is no directory. \`npm run -s importer -- directory ${directory}\` writes one.`);
  return directoryOf(parsed.data);
}
