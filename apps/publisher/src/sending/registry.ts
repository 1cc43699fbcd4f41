import { CLOUDEVENTS_BATCH, type InboundEvent } from '@mcr/contracts';
import { PROBLEM_JSON, type Fault } from '@mcr/event-kit';
import { SignInError, TokenSource, type ClientIdentity } from '@mcr/identity';
import { CannotRun } from '../cannot-run.ts';
import { patiently, TryAgain } from './patience.ts';

export type SubmissionState = 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';

export interface Submission {
  readonly submissionId: string;
  readonly state: SubmissionState;
  readonly errors?: readonly Fault[];
}

/** The registry would not take a batch: something in its envelope, so none of it was taken. */
export interface RefusedBatch {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly Fault[];
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly problem: Problem;
}

const BUSY = new Set([429, 500, 502, 503, 504]);
/** Faults of the content: a smaller batch may be free of them. */
const OF_THE_CONTENT = new Set([400, 413, 422]);
const TIMEOUT_MS = 60_000;

/** What an institution needs of the registry: send a batch, read an outcome. All of it may be repeated without harm. */
export class Registry {
  private tokens: TokenSource;

  constructor(
    private readonly client: ClientIdentity,
    private readonly patienceMs = 60_000,
  ) {
    this.tokens = new TokenSource(client);
  }

  /** Signs in, so that a wrong address or key is known before anything is sent. @throws CannotRun with how to mend it. */
  async signIn(): Promise<void> {
    try {
      await this.tokens.token();
    } catch (error) {
      throw error instanceof SignInError ? new CannotRun(error.message) : error;
    }
  }

  /** The submissions of the events, in their order, or why the whole batch was refused. */
  async send(events: readonly InboundEvent[]): Promise<readonly Submission[] | RefusedBatch> {
    const answer = await this.request('/events', { method: 'POST', headers: { 'content-type': CLOUDEVENTS_BATCH }, body: JSON.stringify(events) });
    if (answer.status === 202) return (answer.body as { submissions: Submission[] }).submissions;
    const { code = `HTTP_${answer.status}`, detail = 'The registry gave no reason.', errors = [] } = answer.problem;
    if (OF_THE_CONTENT.has(answer.status)) return { code, detail, errors };
    throw new CannotRun(`The registry refused to take records from "${this.client.clientId}": ${code}. ${detail}`);
  }

  async outcome(submissionId: string): Promise<Submission> {
    const answer = await this.request(`/submissions/${encodeURIComponent(submissionId)}`, {});
    if (answer.status === 200) return answer.body as Submission;
    throw new CannotRun(`The outcome of a record cannot be read: ${answer.problem.code ?? answer.status}. ${answer.problem.detail ?? ''}`);
  }

  private request(path: string, init: RequestInit): Promise<Answer> {
    let renewed = false;
    return patiently(async () => {
      const answer = await this.once(path, init);
      if (answer.status === 401 && answer.problem.code === 'UNAUTHENTICATED' && !renewed) {
        renewed = true;
        this.tokens = new TokenSource(this.client);
        throw new TryAgain('The registry does not take the access token.', 0);
      }
      return answer;
    }, this.patienceMs);
  }

  private async once(path: string, init: RequestInit): Promise<Answer> {
    const authorization = `Bearer ${await this.token()}`;
    const headers = { ...init.headers, authorization };
    const response = await fetch(`${this.client.url}${path}`, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
      throw new TryAgain(`The registry at ${this.client.url} stopped answering.`);
    });
    const body: unknown = await response.json().catch(() => undefined);
    const problem = response.headers.get('content-type')?.startsWith(PROBLEM_JSON) ? (body as Problem) : {};
    if (BUSY.has(response.status) || problem.code === 'CLIENT_UNKNOWN' || (response.ok && body === undefined)) {
      const seconds = Number(response.headers.get('retry-after') ?? 'NaN');
      throw new TryAgain(
        `The registry answered ${response.status}${problem.code ? ` (${problem.code})` : ''}.`,
        Number.isFinite(seconds) ? seconds : undefined,
      );
    }
    return { status: response.status, body, problem };
  }

  private async token(): Promise<string> {
    try {
      return await this.tokens.token();
    } catch (error) {
      if (error instanceof SignInError && error.reason === 'UNREACHABLE') throw new TryAgain(error.message);
      throw error instanceof SignInError ? new CannotRun(error.message) : error;
    }
  }
}
