import { readFileSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const Port = z.coerce.number().int().min(0).max(65_535);

const Environment = z.object({
  PORT: Port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  DEMO: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
});

/** Where the process runs and what it talks to; checked once, at start. */
export class Settings {
  readonly port: number;
  readonly host: string;
  /** The address under which everybody reaches the registry; part of ids and of the issuer's name. No slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly oidcIssuer: string | undefined;
  readonly demonstration: boolean;
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL'];

  constructor(environment: z.infer<typeof Environment>) {
    this.port = environment.PORT;
    this.host = environment.HOST;
    this.publicUrl = (environment.PUBLIC_URL ?? `http://${this.host}:${this.port}`).replace(/\/+$/, '');
    this.dataDir = resolve(environment.DATA_DIR);
    this.databaseUrl = environment.DATABASE_URL;
    this.oidcIssuer = environment.OIDC_ISSUER;
    this.demonstration = environment.DEMO === 'on';
    this.logLevel = environment.LOG_LEVEL;
  }

  /** The address of this process itself, for what it asks of its own faces. */
  get localUrl(): string {
    return `http://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}`;
  }
}

/** The environment cannot be used. The message lists every fault, a line each. */
export class SettingsError extends Error {}

/** @throws SettingsError that names every setting that is wrong, what was expected, and nothing of secret values. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return new Settings(parsed.data);
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new SettingsError(`The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}; nothing was started.\n${faults.join('\n')}`);
}

/**
 * Keeps the public address in the data folder. Returns the earlier one when it has changed since:
 * what was issued under it still names it.
 */
export function rememberPublicUrl({ dataDir, publicUrl }: Settings): string | undefined {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'public-url');
  const before = existsSync(file) ? readFileSync(file, 'utf8').trim() : publicUrl;
  writeFileSync(file, `${publicUrl}\n`);
  return before === publicUrl ? undefined : before;
}
