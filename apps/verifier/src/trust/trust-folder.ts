import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { CannotRun, reasonOf } from '../cannot-run.ts';
import { SavedDocument, SavedIssuers, SavedList, readAs } from './saved.ts';

const ISSUERS = 'issuers.json';
const REGISTRY = 'registry.json';
const DOCUMENTS = 'did-documents';
const LISTS = 'status-lists';

const nameOfList = (url: string): string => `${createHash('sha256').update(url).digest('hex')}.json`;

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * What was fetched of a registry, for verifications without it: `issuers.json`, `did-documents/CODE.json`, `registry.json`, and
 * `status-lists/` by the SHA-256 of their addresses. Each file is replaced whole or not at all.
 */
export class TrustFolder {
  constructor(readonly path: string) {}

  /** @throws CannotRun when nothing was ever fetched into the folder. */
  async issuers(): Promise<SavedIssuers> {
    const issuers = await this.read(ISSUERS, SavedIssuers);
    if (issuers) return issuers;
    throw new CannotRun(`${this.path} holds no issuer list. Save one: npm run -s verify -- --fetch-trust DIR --url URL FILE`);
  }

  document(code: string): Promise<SavedDocument | undefined> {
    return this.read(join(DOCUMENTS, `${code}.json`), SavedDocument);
  }

  /** The DID document of the registry itself; not there in a folder that was fetched before registries signed anything. */
  registry(): Promise<SavedDocument | undefined> {
    return this.read(REGISTRY, SavedDocument);
  }

  list(url: string): Promise<SavedList | undefined> {
    return this.read(join(LISTS, nameOfList(url)), SavedList);
  }

  /** The addresses of all lists that were ever fetched. */
  async savedLists(): Promise<string[]> {
    const names = await readdir(join(this.path, LISTS)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const lists = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => this.read(join(LISTS, name), SavedList)));
    return lists.filter((list) => list !== undefined).map(({ url }) => url);
  }

  keepIssuers(issuers: SavedIssuers): Promise<void> {
    return this.write(ISSUERS, issuers);
  }

  keepDocument(code: string, document: SavedDocument): Promise<void> {
    return this.write(join(DOCUMENTS, `${code}.json`), document);
  }

  keepRegistry(document: SavedDocument): Promise<void> {
    return this.write(REGISTRY, document);
  }

  keepList(list: SavedList): Promise<void> {
    return this.write(join(LISTS, nameOfList(list.url)), list);
  }

  private async read<T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const file = join(this.path, name);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new CannotRun(`${file} cannot be read (${reasonOf(error)}).`);
    }
    try {
      return readAs(schema, jsonOf(text));
    } catch (error) {
      throw new CannotRun(`${file} is not as --fetch-trust writes it, ${reasonOf(error)}. Remove it, and fetch it anew.`);
    }
  }

  /** A reader sees the old file or the new one, never a part. */
  private async write(name: string, content: object): Promise<void> {
    const file = join(this.path, name);
    const draft = `${file}.${randomUUID()}.draft`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(draft, `${JSON.stringify(content, null, 1)}\n`);
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw new CannotRun(`${file} cannot be written (${reasonOf(error)}). Name another folder.`);
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
