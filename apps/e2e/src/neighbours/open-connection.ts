import { Agent, request } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly code?: string;
  /** Whether the connection of the first request was used again. */
  readonly sameConnection: boolean;
}

/** One connection that a client keeps open, and everything that it sends over it. */
export class OpenConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  publish(event: object): Promise<Answered> {
    const body = JSON.stringify(event);
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/cloudevents+json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const outgoing = request(`${this.url}/events`, { agent: this.#agent, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const { code } = JSON.parse(text) as { code?: string };
          resolve({ status: response.statusCode!, ...(code ? { code } : {}), sameConnection: outgoing.reusedSocket });
        });
      });
      outgoing.on('error', reject).end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
