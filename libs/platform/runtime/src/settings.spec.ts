import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { SettingsError, readSettings, rememberPublicUrl } from './settings.ts';

describe('the settings of a process', () => {
  it('are usable with nothing said', () => {
    expect(readSettings({})).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000', demonstration: true, databaseUrl: undefined });
  });

  it('take an empty variable for one that is not there', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  it('name every fault at once, and no value that may be secret', () => {
    const faults = (): unknown => readSettings({ PORT: '70000', DATABASE_URL: 'mysql://root:hunter2@db', DEMO: 'maybe' });
    expect(faults).toThrow(SettingsError);
    expect(faults).toThrow(/3 faults.*PORT.*DATABASE_URL.*DEMO/s);
    expect(faults).not.toThrow(/hunter2/);
  });

  it('drop slashes from the end of the public address', () => {
    expect(readSettings({ PUBLIC_URL: 'https://registry.example.ca//' }).publicUrl).toBe('https://registry.example.ca');
  });

  it('put an IPv6 address into brackets where it becomes part of a URL', () => {
    expect(readSettings({ HOST: '::1', PORT: '8080' }).localUrl).toBe('http://[::1]:8080');
  });
});

describe('the public address in the data folder', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mcr-settings-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));
  const startWith = (url: string): string | undefined => rememberPublicUrl(readSettings({ DATA_DIR: dataDir, PUBLIC_URL: url }));

  it('is no news at the first start, nor while it stays the same', () => {
    expect(startWith('https://one.example.ca')).toBeUndefined();
    expect(startWith('https://one.example.ca')).toBeUndefined();
  });

  it('is news once when it has changed', () => {
    expect(startWith('https://two.example.ca')).toBe('https://one.example.ca');
    expect(startWith('https://two.example.ca')).toBeUndefined();
  });
});
