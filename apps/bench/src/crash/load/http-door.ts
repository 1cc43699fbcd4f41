import { setTimeout as delay } from 'node:timers/promises';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '@mcr/contracts';
import type { TokenSource } from '@mcr/identity';
import type { Acknowledgement, Ledger, State } from './ledger.ts';
import type { SentEvent } from './lives.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;
const PATIENCE_MS = 20_000;
const DECIDED_WITHIN_MS = 60_000;
/** Nobody waits longer for an answer; that there is none is then a finding. */
export const GIVE_UP_AFTER_MS = 300_000;

interface Answer {
  readonly submissions: readonly { readonly eventId: string; readonly submissionId: string; readonly state: State }[];
}

/** Passes by itself: the registry is starting, busy, or has not heard of the client yet. */
const passes = (status: number): boolean => status === 401 || status === 429 || status >= 500;

/** How one institution sends over HTTPS: until it is answered, the same bytes under the same ids. */
export class HttpDoor {
  constructor(
    private readonly url: string,
    private readonly institution: string,
    private readonly tokens: TokenSource,
    private readonly ledger: Ledger,
  ) {}

  async send(events: readonly SentEvent[]): Promise<void> {
    const batch = events.length > 1;
    const body = JSON.stringify(batch ? events : events[0]);
    const contentType = batch ? CLOUDEVENTS_BATCH : CLOUDEVENT;
    const response = await this.#untilAnswered(`${this.url}/events`, { method: 'POST', body }, contentType);
    if (response.status !== 202) return void this.ledger.refused.push(`${response.status} to ${events.map(({ id }) => id).join(', ')}`);
    const { submissions } = response.body as Answer;
    for (const submission of submissions) this.ledger.keep({ institution: this.institution, ...submission });
  }

  async learnOutcomes(): Promise<void> {
    const taken = this.ledger.undecided(this.institution).filter(({ submissionId }) => submissionId !== undefined);
    for (const answered of taken) await this.#askForOutcome(answered);
  }

  /** Asks what became of an event that was only taken, and keeps that as an answer too. */
  async #askForOutcome(answered: Acknowledgement): Promise<void> {
    for (const until = Date.now() + DECIDED_WITHIN_MS; Date.now() < until; await delay(200)) {
      const { status, body } = await this.#untilAnswered(`${this.url}/submissions/${answered.submissionId}`, { method: 'GET' });
      if (status !== 200) return void this.ledger.refused.push(`${status} to GET /submissions of ${answered.eventId}`);
      const { state } = body as { state: State };
      if (state !== 'PENDING') return this.ledger.keep({ ...answered, state });
    }
    this.ledger.refused.push(`${answered.eventId} is still not decided`);
  }

  async #untilAnswered(url: string, request: RequestInit, contentType = ''): Promise<{ status: number; body: unknown }> {
    const until = Date.now() + GIVE_UP_AFTER_MS;
    for (let pause = FIRST_PAUSE_MS; Date.now() < until; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        const headers = { authorization: `Bearer ${await this.tokens.token()}`, ...(contentType ? { 'content-type': contentType } : {}) };
        const response = await fetch(url, { ...request, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
        const body: unknown = await response.json();
        if (!passes(response.status)) return { status: response.status, body };
      } catch {
        // Not answered, or cut off in the middle: whether it was taken is not known here.
      }
      this.ledger.retries += 1;
      await delay(pause * (0.5 + Math.random() / 2));
    }
    return { status: 0, body: undefined };
  }
}
