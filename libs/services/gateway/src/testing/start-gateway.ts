import { developmentToken } from '@mcr/identity';
import { startServices, type StartOptions, type TestRegistry } from '@mcr/testing';
import { gateway } from '../gateway.service.ts';
import { Neighbours } from './neighbours.ts';

export interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions: { code: string; errors?: readonly object[]; reference?: string };
  }[];
}

/** A gateway over an empty registry, and callers of it. */
export class RunningGateway {
  private constructor(
    readonly registry: TestRegistry,
    readonly neighbours: Neighbours,
  ) {}

  /** `elsewhere` names services that are not in its process. */
  static async start({ elsewhere = [], ...options }: StartOptions & { readonly elsewhere?: readonly string[] } = {}): Promise<RunningGateway> {
    const neighbours = new Neighbours();
    const here = neighbours.services().filter(({ name }) => !elsewhere.includes(name));
    return new RunningGateway(await startServices([...here, gateway], options), neighbours);
  }

  get url(): string {
    return `${this.registry.url}/graphql`;
  }

  /** The connection of the registry's owner, for the rows that a test begins with. */
  get store() {
    return this.registry.database('search');
  }

  token(role: string, institution?: string): Promise<string> {
    return developmentToken({ dataDir: this.registry.dataDir, url: this.registry.url, role, ...(institution !== undefined && { institution }) });
  }

  send(init: RequestInit): Promise<Response> {
    return fetch(this.url, init);
  }

  async ask(query: string, variables: object = {}, token?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const response = await this.send({ method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  close(): Promise<void> {
    return this.registry.close();
  }
}
