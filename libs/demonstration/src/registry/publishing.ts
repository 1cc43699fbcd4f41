import { CLOUDEVENTS_BATCH, type InboundEvent } from '@mcr/contracts';
import { SignInError, type TokenSource } from '@mcr/identity';
import { type Answer, ask, NotYet, patiently } from '@mcr/registry-client';

interface Submission {
  readonly eventId: string;
  readonly submissionId: string;
  readonly state: 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';
}

interface SubmissionDetails extends Submission {
  readonly errors?: readonly { readonly code: string; readonly pointer: string }[];
}

/** `POST /events` takes a thousand at most. */
const EVENTS_A_BATCH = 1000;

const explained = ({ status, body }: Answer): string => {
  const { code, detail } = (body ?? {}) as { code?: string; detail?: string };
  return `${code ?? `HTTP ${status}`}${detail ? `, ${detail}` : ''}`;
};

/** The sign-in learns of a new client by an event too, so a refusal may pass. */
async function tokenOf(source: TokenSource): Promise<string> {
  try {
    return await source.token();
  } catch (error) {
    if (error instanceof SignInError && (error.reason === 'REFUSED' || error.reason === 'UNREACHABLE')) throw new NotYet(error.message);
    throw error;
  }
}

/** Publishes for one institution. Sending the same events again changes nothing. */
export class Publishing {
  constructor(
    private readonly url: string,
    private readonly tokens: TokenSource,
  ) {}

  /** @returns the codes of the records that were refused, empty when all are in. */
  async publish(events: readonly InboundEvent[], done: (count: number) => void): Promise<string[]> {
    const refused: string[] = [];
    for (let from = 0; from < events.length; from += EVENTS_A_BATCH) {
      const batch = events.slice(from, from + EVENTS_A_BATCH);
      for (const submission of await this.send(batch)) {
        if (submission.state === 'ACCEPTED' || submission.state === 'DUPLICATE') continue;
        const { state, errors = [] } = await this.outcome(submission.submissionId);
        if (state === 'REJECTED') refused.push(...errors.map(({ code }) => code));
      }
      done(batch.length);
    }
    return refused;
  }

  private async send(batch: readonly InboundEvent[]): Promise<readonly Submission[]> {
    const body = JSON.stringify(batch);
    const answer = await patiently(async () => {
      const authorization = `Bearer ${await tokenOf(this.tokens)}`;
      return ask(`${this.url}/events`, { method: 'POST', headers: { 'content-type': CLOUDEVENTS_BATCH, authorization }, body });
    });
    if (answer.status !== 202) throw new Error(`The events were refused: ${explained(answer)}`);
    return (answer.body as { submissions: Submission[] }).submissions;
  }

  private outcome(submissionId: string): Promise<SubmissionDetails> {
    return patiently(async () => {
      const answer = await ask(`${this.url}/submissions/${submissionId}`, { headers: { authorization: `Bearer ${await tokenOf(this.tokens)}` } });
      if (answer.status !== 200) throw new Error(`The outcome of a record cannot be read: ${explained(answer)}`);
      const details = answer.body as SubmissionDetails;
      if (details.state === 'PENDING') throw new NotYet('A record waits for facts.', 0.2);
      return details;
    });
  }
}
