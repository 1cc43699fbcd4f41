import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { rememberPublicUrl } from './starting/public-url.ts';
import { SettingsError, readSettings } from './settings.ts';

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
    expect(readSettings({ HOST: '::1', PORT: '8080' }).publicUrl).toBe('http://[::1]:8080');
  });

  it('give each service a port after the public one, and an address of its own where one is said', () => {
    const settings = readSettings({ PORT: '4000', KAFKA_BROKERS: 'a:9092', SERVICE_URL_AWARDS: 'http://awards.internal/' });
    expect(['gateway', 'institutions', 'programs', 'awards', 'pathways', 'search'].map((name) => settings.serviceUrlOf(name))).toEqual([
      'http://127.0.0.1:4000',
      'http://127.0.0.1:4001',
      'http://127.0.0.1:4002',
      'http://awards.internal',
      'http://127.0.0.1:4004',
      'http://127.0.0.1:4005',
    ]);
    expect([settings.listenPortFor(['awards']), settings.listenPortFor(['search', 'gateway'])]).toEqual([4003, 4000]);
    expect(readSettings({ PORT: '4000', KAFKA_BROKERS: 'a:9092', LISTEN_PORT: '4103' }).listenPortFor(['awards'])).toBe(4103);
  });

  it('keep everything at one port while no broker is named', () => {
    expect(readSettings({ PORT: '4000' }).listenPortFor(['awards', 'programs'])).toBe(4000);
  });

  it('know one broker or several, and refuse what is none', () => {
    expect(readSettings({}).kafka).toBeUndefined();
    expect(readSettings({ KAFKA_BROKERS: 'one:9092, two:9093', KAFKA_INSTITUTIONS_BROKERS: 'three:9094' }).kafka).toEqual({
      brokers: ['one:9092', 'two:9093'],
      institutionsBrokers: ['three:9094'],
    });
    expect(() => readSettings({ KAFKA_BROKERS: 'one' })).toThrow(/KAFKA_BROKERS: Expected host:port/);
  });

  it('know which hosts outside may be asked, and refuse what is no name of one', () => {
    expect(readSettings({}).egressHosts).toBeUndefined();
    expect(readSettings({ EGRESS_HOSTS: 'BCIT.ca, *.ubc.ca' }).egressHosts).toEqual(['bcit.ca', '*.ubc.ca']);
    for (const hosts of ['https://bcit.ca', 'bcit.ca:443', 'a..b', '*', '*.*.ca', 'bcit.ca,,ubc.ca'])
      expect(() => readSettings({ EGRESS_HOSTS: hosts })).toThrow(/EGRESS_HOSTS/);
  });

  it('open the issuing of the VC API to this machine only when that is asked for', () => {
    expect(readSettings({}).issuesForLoopback).toBe(false);
    for (const where of [{}, { HOST: '::1' }, { HOST: 'localhost', PUBLIC_URL: 'http://localhost:4000' }, { PUBLIC_URL: 'http://[::1]:4000' }])
      expect(readSettings({ ...where, VC_API_ISSUING: 'loopback' }).issuesForLoopback).toBe(true);
    expect(() => readSettings({ VC_API_ISSUING: 'on' })).toThrow(/VC_API_ISSUING/);
  });

  it.each([
    ['OIDC_ISSUER is set', { OIDC_ISSUER: 'https://sign-in.example' }],
    ['PUBLIC_URL is not this machine', { PUBLIC_URL: 'https://registry.example.ca' }],
    ['PUBLIC_URL is not this machine', { PUBLIC_URL: 'http://127.0.0.1.example.ca' }],
    ['PUBLIC_URL is not this machine', { PUBLIC_URL: 'http://127.0.0.1@registry.example.ca' }],
    ['PUBLIC_URL is not this machine', { PUBLIC_URL: 'http://10.0.0.1' }],
    ['HOST is reached from other machines', { HOST: '0.0.0.0', PUBLIC_URL: 'http://127.0.0.1:3000' }],
    ['HOST is reached from other machines', { HOST: '::', PUBLIC_URL: 'http://127.0.0.1:3000' }],
    ['processes of their own', { KAFKA_BROKERS: 'one:9092' }],
    ['OIDC_ISSUER is set, and PUBLIC_URL is not this machine', { OIDC_ISSUER: 'https://sign-in.example', PUBLIC_URL: 'https://registry.example.ca' }],
  ])('refuse to open it where %s', (reason, environment) => {
    expect(() => readSettings({ ...environment, VC_API_ISSUING: 'loopback' })).toThrow(new RegExp(`VC_API_ISSUING: .*${reason}`));
    expect(readSettings(environment).issuesForLoopback).toBe(false);
  });

  it('hand a service its own database, and nobody a secret by being printed', () => {
    const settings = readSettings({ DATABASE_URL_AWARDS: 'postgres://mcr_awards:hunter2@db/mcr' });
    expect(settings.databaseUrlOf('awards')).toContain('hunter2');
    expect(settings.databaseUrlOf('programs')).toBeUndefined();
    expect(JSON.stringify(settings)).not.toContain('hunter2');
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
