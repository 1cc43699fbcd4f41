import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from './loopback.ts';

/** The services that may run in processes of their own, in the order of their ports: PORT is the gateway's, the next is the first one's. */
export const portOrder = ['gateway', 'institutions', 'programs', 'awards', 'pathways', 'search'] as const;
type NamedService = (typeof portOrder)[number];

const Port = z.coerce.number().int().min(0).max(65_535);
const DatabaseUrl = z.url({ protocol: /^postgres(ql)?$/ });
const HttpUrl = z.url({ protocol: /^https?$/ });
const Brokers = z.string().transform((text, context) => {
  const brokers = text.split(',').map((broker) => broker.trim());
  if (brokers.every((broker) => /^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/i.test(broker))) return brokers;
  context.addIssue({ code: 'custom', message: 'Expected host:port, or several with commas between them.' });
  return z.NEVER;
});

const Hosts = z.string().transform((text, context) => {
  const hosts = text.split(',').map((host) => host.trim().toLowerCase());
  if (hosts.every((host) => /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host))) return hosts;
  context.addIssue({ code: 'custom', message: 'Expected names of hosts with commas between them, or *.name for all below one.' });
  return z.NEVER;
});

/** One variable a service, such as DATABASE_URL_AWARDS. */
const aService = <Schema extends z.ZodType>(prefix: string, names: readonly string[], schema: Schema) =>
  Object.fromEntries(names.map((name) => [`${prefix}_${name.toUpperCase()}`, schema.optional()]));

const Variables = z.object({
  PORT: Port.default(3000),
  LISTEN_PORT: Port.optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: HttpUrl.optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: DatabaseUrl.optional(),
  KAFKA_BROKERS: Brokers.optional(),
  KAFKA_INSTITUTIONS_BROKERS: Brokers.optional(),
  OIDC_ISSUER: HttpUrl.optional(),
  EGRESS_HOSTS: Hosts.optional(),
  DEMO: z.enum(['on', 'off']).default('on'),
  VC_API_ISSUING: z.enum(['off', 'loopback']).default('off'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
  ...aService('DATABASE_URL', [...portOrder, 'registry'], DatabaseUrl),
  ...aService('SERVICE_URL', portOrder, HttpUrl),
});
type Environment = z.infer<typeof Variables>;

/** Why the VC API may not issue for whoever is on this machine: what is wrong with any of these is wrong with that setting. */
function againstIssuing({ HOST, PUBLIC_URL, OIDC_ISSUER, KAFKA_BROKERS }: Environment): string[] {
  const isElsewhere = PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname);
  return [
    ...(OIDC_ISSUER === undefined ? [] : ['OIDC_ISSUER is set']),
    ...(isElsewhere ? ['PUBLIC_URL is not this machine'] : []),
    ...(isLoopback(HOST) ? [] : ['HOST is reached from other machines']),
    ...(KAFKA_BROKERS === undefined ? [] : ['the services are processes of their own, and do not see who called']),
  ];
}

const Environment = Variables.superRefine((environment, context) => {
  const against = environment.VC_API_ISSUING === 'loopback' ? againstIssuing(environment) : [];
  if (against.length === 0) return;
  context.addIssue({ code: 'custom', path: ['VC_API_ISSUING'], message: `A development setting, refused because ${against.join(', and ')}. Unset it.` });
});

/** Where the process runs and what it talks to; checked once, at start. */
export class Settings {
  /** The port of the registry's public face. Services in processes of their own follow after it. */
  readonly port: number;
  readonly host: string;
  /** The address under which everybody reaches the registry; part of ids and of the issuer's name. No slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** For preparing only: the superuser, or who owns the database. */
  readonly databaseUrl: string | undefined;
  /** Unset: events are carried by the logs themselves, and every service must be in this process. */
  readonly kafka: { readonly brokers: string[]; readonly institutionsBrokers: string[] | undefined } | undefined;
  readonly oidcIssuer: string | undefined;
  /** The only hosts that the registry asks for documents of others, such as a `did:web`. Undefined: every public host. */
  readonly egressHosts: readonly string[] | undefined;
  readonly demonstration: boolean;
  /** For test suites of the VC API: it issues for callers on this machine without a token, with a key that is no institution's. */
  readonly issuesForLoopback: boolean;
  readonly logLevel: Environment['LOG_LEVEL'];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.port = environment.PORT;
    this.host = environment.HOST;
    this.publicUrl = (environment.PUBLIC_URL ?? this.#addressAt(this.port)).replace(/\/+$/, '');
    this.dataDir = resolve(environment.DATA_DIR);
    this.databaseUrl = environment.DATABASE_URL;
    this.kafka = environment.KAFKA_BROKERS && { brokers: environment.KAFKA_BROKERS, institutionsBrokers: environment.KAFKA_INSTITUTIONS_BROKERS };
    this.oidcIssuer = environment.OIDC_ISSUER;
    this.egressHosts = environment.EGRESS_HOSTS;
    this.demonstration = environment.DEMO === 'on';
    this.issuesForLoopback = environment.VC_API_ISSUING === 'loopback';
    this.logLevel = environment.LOG_LEVEL;
  }

  /** The address of a service's own running role, or with `registry` of the shared registry's reader. */
  databaseUrlOf(service: string): string | undefined {
    return this.#of('DATABASE_URL', service);
  }

  /** Where another process reaches a service; its port follows from PORT unless SERVICE_URL_… says otherwise. */
  serviceUrlOf(service: string): string {
    const said = this.#of('SERVICE_URL', service)?.replace(/\/+$/, '');
    if (said !== undefined) return said;
    const place = portOrder.indexOf(service as NamedService);
    if (place < 0) throw new RangeError(`There is no port for a service "${service}".`);
    return this.#addressAt(this.port + place);
  }

  /** Where a process with these services listens. The public face is at PORT, wherever the gateway is. */
  listenPortFor(services: readonly string[]): number {
    const said = this.#environment.LISTEN_PORT;
    if (said !== undefined) return said;
    const places = services.map((service) => portOrder.indexOf(service as NamedService)).filter((place) => place >= 0);
    return this.kafka && places.length > 0 ? this.port + Math.min(...places) : this.port;
  }

  #of(prefix: string, service: string): string | undefined {
    return (this.#environment as Record<string, unknown>)[`${prefix}_${service.toUpperCase()}`] as string | undefined;
  }

  #addressAt(port: number): string {
    return `http://${this.host.includes(':') ? `[${this.host}]` : this.host}:${port}`;
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
