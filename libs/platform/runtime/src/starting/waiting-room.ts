import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { PROBLEM_JSON, Refusal, problemOf } from '@mcr/event-kit';

/**
 * Answers in place of the faces while a process waits for what it needs: it is alive, it is not ready, and everything else
 * is to come again later.
 */
export class WaitingRoom {
  readonly #server: Server;
  readonly #waitingFor = new Map<string, string>();

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request.url ?? '', response));
  }

  static async open({ host, port }: { host: string; port: number }): Promise<WaitingRoom> {
    const room = new WaitingRoom();
    await new Promise<void>((listening, refused) => room.#server.once('error', refused).listen(port, host, listening));
    return room;
  }

  /** Says what is missing; `undefined` when it is no longer. */
  tell(part: string, detail: string | undefined): void {
    if (detail === undefined) this.#waitingFor.delete(part);
    else this.#waitingFor.set(part, detail);
  }

  /** Lets go of the port, and of whoever is connected to it. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(url: string, response: ServerResponse): void {
    const send = (status: number, type: string, body: object): void =>
      void response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', connection: 'close', 'retry-after': '5' }).end(JSON.stringify(body));
    if (url === '/health/live') return send(200, 'application/json', { state: 'UP' });
    if (url === '/health/ready') {
      const parts = [...this.#waitingFor].map(([part, detail]) => ({ part, state: 'DOWN', detail }));
      return send(503, 'application/json', { state: 'DOWN', parts });
    }
    send(503, PROBLEM_JSON, problemOf(new Refusal('UNAVAILABLE', 'The service is starting.', { retryAfterSeconds: 5 })));
  }
}
