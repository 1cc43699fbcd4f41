import type { Life } from './lives.ts';

export type State = 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';

/** What the registry answered to one event: that it has it, and what became of it as far as it was told. */
export interface Acknowledgement {
  readonly institution: string;
  readonly eventId: string;
  /** Unknown as long as only the broker has answered. */
  readonly submissionId?: string;
  readonly state: State;
}

/** An outcome as it stood on the outcome topic of an institution. */
export interface ToldOutcome {
  readonly institution: string;
  readonly eventId: string;
  readonly submissionId: string;
  readonly state: State;
}

/** Everything that was promised to the institutions. */
export class Ledger {
  readonly lives: Life[] = [];
  /** In the order in which they came; an event that was sent again is there again. */
  readonly acknowledged: Acknowledgement[] = [];
  /** Requests that were not answered with 202, and were sent again. */
  retries = 0;
  /** Answers that no repetition mends. */
  readonly refused: string[] = [];

  /** What was taken and not decided when it was last answered, of one institution. */
  undecided(institution: string): Acknowledgement[] {
    const last = new Map(this.acknowledged.filter((one) => one.institution === institution).map((one) => [one.eventId, one]));
    return [...last.values()].filter(({ state }) => state === 'PENDING');
  }

  keep(acknowledgement: Acknowledgement): void {
    this.acknowledged.push(acknowledgement);
  }
}
