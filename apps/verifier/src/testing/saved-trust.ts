import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPublicRegistry } from './a-registry.ts';
import { signed } from './badges.ts';
import { run } from './run.ts';

export type Run = Awaited<ReturnType<typeof run>>;

/** Trust folders as they were saved while there was a registry. Afterwards there is none. */
export class SavedTrust {
  /** What the command said when it saved the first. */
  fetched: Run | undefined;
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<SavedTrust> {
    const saved = new SavedTrust(await mkdtemp(join(tmpdir(), 'verifier-')));
    saved.fetched = await saved.#fetch(saved.trust);
    return saved;
  }

  get trust(): string {
    return join(this.folder, 'trust');
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }

  async fileOf(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /** A trust folder that was saved while the registry published these lists, or had these institutions. */
  async savedWhile(name: string, pages: Readonly<Record<string, string>>, statusOfBcit = 'ACTIVE'): Promise<string> {
    const dir = join(this.folder, name);
    await this.#fetch(dir, pages, statusOfBcit);
    return dir;
  }

  async verify(content: string | Uint8Array, dir = this.trust, ...more: string[]): Promise<Run> {
    return run([await this.fileOf('presented', content), '--trust', dir, ...more]);
  }

  async #fetch(dir: string, pages: Readonly<Record<string, string>> = {}, statusOfBcit = 'ACTIVE'): Promise<Run> {
    const registry = await startPublicRegistry();
    for (const [path, page] of Object.entries(pages)) registry.pages.set(path, page);
    registry.institutions[0]!.status = statusOfBcit;
    const fetched = await run(['--fetch-trust', dir, '--url', registry.url, await this.fileOf('to-fetch.json', await signed())]);
    await registry.stop();
    return fetched;
  }
}
