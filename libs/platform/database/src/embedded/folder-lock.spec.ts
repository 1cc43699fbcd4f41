import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTypeScript } from '@mcr/testing';
import type { TypeScriptProcess } from '@mcr/testing';
import { DataFolderInUse, lockFile } from './folder-lock.ts';

describe('the lock of a data folder', () => {
  let folder: string;
  let file: string;
  const started: TypeScriptProcess[] = [];
  const taker = (): TypeScriptProcess => {
    const process = startTypeScript(new URL('./testing/take-lock.ts', import.meta.url), [file]);
    started.push(process);
    return process;
  };
  const holder = async () => JSON.parse(await readFile(file, 'utf8')) as { pid: number };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mcr-lock-'));
    file = join(folder, 'in-use');
  });
  afterEach(async () => {
    for (const { child } of started.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('is refused to a second taker in the same process, and free again when released', async () => {
    const lock = await lockFile(file);
    await expect(lockFile(file)).rejects.toThrow(DataFolderInUse);
    await lock.release();
    await (await lockFile(file)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused while another process lives, with a message that names it, and taken over when that is killed', async () => {
    const other = taker();
    expect(await other.line()).toBe('taken');
    await expect(lockFile(file)).rejects.toThrow(`The registry is already running on ${folder} (process ${other.child.pid}). Stop it first`);
    other.child.kill('SIGKILL');
    await other.ended;
    await lockFile(file);
    expect((await holder()).pid).toBe(process.pid);
  });

  it.each([
    ['empty', ''],
    ['torn', '{"pid":1'],
    ['of something else', 'null'],
    ['of a process whose number another has by now', JSON.stringify({ pid: process.pid, started: 'long ago', nonce: 'x' })],
  ])('is taken over when the file is %s', async (_, text) => {
    await writeFile(file, text);
    await lockFile(file);
    expect((await holder()).pid).toBe(process.pid);
    expect(await readdir(folder)).toEqual(['in-use']);
  });

  it('is taken over also when the one who last tried to died at it', async () => {
    const dead = JSON.stringify({ pid: process.pid, started: 'long ago', nonce: 'x' });
    await writeFile(file, dead);
    await writeFile(`${file}.taking-over`, dead);
    await lockFile(file);
    expect(await readdir(folder)).toEqual(['in-use']);
  });

  it('goes to one only of several processes that find a dead one’s', async () => {
    await writeFile(file, 'torn');
    const answers = await Promise.all([taker(), taker(), taker(), taker()].map((process) => process.line()));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('already running'))).toHaveLength(3);
  });

  it('is not released by one who has lost it', async () => {
    const lock = await lockFile(file);
    await writeFile(file, 'another’s');
    await lock.release();
    expect(await readFile(file, 'utf8')).toBe('another’s');
  });
});
