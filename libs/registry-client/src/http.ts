import { PROBLEM_JSON } from '@mcr/event-kit';
import { NotYet } from './patience.ts';

interface ProblemBody {
  readonly code?: string;
  readonly detail?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const BUSY = new Set([429, 502, 503, 504]);
/** The publishing client is registered, but the service that was asked has not heard of it yet. */
const ON_THEIR_WAY = new Set(['CLIENT_UNKNOWN', 'UNAVAILABLE']);

const problemIn = (response: Response, body: unknown): ProblemBody =>
  response.headers.get('content-type')?.startsWith(PROBLEM_JSON) ? (body as ProblemBody) : {};

/** One request. @throws NotYet when asking again soon makes sense. */
export async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new NotYet(`The registry at ${url} does not answer (${error instanceof Error ? error.message : 'unknown reason'}).`);
  });
  const body: unknown = await response.json().catch(() => undefined);
  const { code, detail } = problemIn(response, body);
  if (BUSY.has(response.status) || (code !== undefined && ON_THEIR_WAY.has(code))) {
    const seconds = Number(response.headers.get('retry-after') ?? 'NaN');
    throw new NotYet(detail ?? `The registry answered ${response.status}.`, Number.isFinite(seconds) ? seconds : undefined);
  }
  return { status: response.status, body };
}
