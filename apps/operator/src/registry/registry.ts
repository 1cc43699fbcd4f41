import { setTimeout as pause } from 'node:timers/promises';
import { SignInError, developmentToken } from '@mcr/identity';
import { CannotRun } from '../cannot-run.ts';
import { addressOf, serviceNames } from './addresses.ts';
import type { ServiceName } from './addresses.ts';

/** The registry said no, with one of its closed codes. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

export interface Connection {
  readonly url: string;
  readonly dataDir: string;
  readonly role: string;
  readonly environment: NodeJS.ProcessEnv;
}

const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;

/** A running registry, asked as one person, wherever its services run. */
export class Registry {
  readonly #connection: Connection;
  readonly #addresses = new Map<ServiceName, string>();
  #token: string | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @throws Refused with the registry's code; CannotRun when it does not answer for a minute. */
  async ask<Answer>(service: ServiceName, name: string, input: object): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        return (await this.#post(await this.#addressOf(service), service, name, input)) as Answer;
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== 'UNAVAILABLE' || Date.now() > deadline) throw error;
        await pause(error.retryAfterSeconds === undefined ? wait : 1000 * error.retryAfterSeconds);
      }
    }
  }

  /** The services that answer now, and a line for each that does not. */
  async reachable(): Promise<{ services: ServiceName[]; problems: string[] }> {
    const services: ServiceName[] = [];
    const problems: string[] = [];
    for (const service of serviceNames) {
      try {
        await this.#addressOf(service);
        services.push(service);
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== 'UNAVAILABLE') throw error;
        problems.push(`${service}: ${error.message}`);
      }
    }
    return { services, problems };
  }

  /** Where everything runs in one process, that one answers for every service; otherwise each has an address of its own. */
  async #addressOf(service: ServiceName): Promise<string> {
    const known = this.#addresses.get(service);
    if (known) return known;
    const own = addressOf(service, this.#connection.url, this.#connection.environment);
    for (const address of new Set([this.#connection.url, own])) {
      try {
        await this.#post(address, service, 'lag', {});
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.code === 'NOT_FOUND' || (error.code === 'UNAVAILABLE' && address !== own)) continue;
        // Not everybody may ask this question; that it is refused says that the service is there.
        if (error.code !== 'FORBIDDEN') throw error;
      }
      this.#addresses.set(service, address);
      return address;
    }
    throw new Refused('UNAVAILABLE', `Neither ${this.#connection.url} nor ${own} answers for ${service}.`, undefined);
  }

  async #post(address: string, service: ServiceName, name: string, input: object, again = true): Promise<unknown> {
    const token = (this.#token ??= await this.#signIn());
    let response: Response;
    try {
      response = await fetch(`${address}/commands/${service}.${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw new Refused('UNAVAILABLE', `${address} does not answer. Is the registry running (npm start)?`, undefined);
    }
    if (response.ok) return response.json();
    if (response.status === 401 && again) {
      this.#token = undefined;
      return this.#post(address, service, name, input, false);
    }
    throw await refusalOf(response);
  }

  async #signIn(): Promise<string> {
    const { url, dataDir, role, environment } = this.#connection;
    const given = environment['OPERATOR_TOKEN'];
    if (given) return given;
    if (environment['OIDC_ISSUER'])
      throw new CannotRun(`OIDC_ISSUER is set, so the development sign-in is off. Put an access token of ${environment['OIDC_ISSUER']} into OPERATOR_TOKEN.`);
    try {
      return await developmentToken({ dataDir, url, role });
    } catch (error) {
      if (error instanceof SignInError) throw new CannotRun(error.message);
      throw error;
    }
  }
}

async function refusalOf(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; errors?: { pointer: string; message: string }[] };
  const faults = (problem.errors ?? []).map(({ pointer, message }) => `\n  ${pointer}: ${message}`).join('');
  const code = problem.code ?? (response.status === 404 ? 'NOT_FOUND' : response.status >= 500 ? 'UNAVAILABLE' : 'UNKNOWN');
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
  return new Refused(code, `${problem.detail ?? `The registry answered ${response.status}.`}${faults}`, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
