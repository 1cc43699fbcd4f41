import { REVOKE_AWARD, SUBMIT_AWARD } from '@mcr/contracts';
import { readRecord } from '../domain/record/read-record.ts';
import { decideSourceAward } from '../domain/submission/decide-source-award.ts';
import type { MicroCredentialVersionFact } from '../domain/submission/facts.ts';
import { nothingAccepted, type Circumstances, type Outcome, type SourceAward, type Submission } from '../domain/submission/submission.ts';

const ctid = 'ce-00000000-0000-4000-8000-000000000001';
export const start = new Date('2026-06-15T12:00:00Z');
export const published: MicroCredentialVersionFact = {
  ctid,
  version: 1,
  ownedBy: 'ce-bcit',
  offeredBy: ['ce-bcit'],
  dateEffective: '2026-01-01',
  isNonCredit: true,
  competencies: [],
  assessments: [],
};

/** One sourceAwardId as a store would keep it between decisions. */
export class SourceAwardStory {
  known: MicroCredentialVersionFact[] = [published];
  completeUntil: Date | undefined;
  state: SourceAward = nothingAccepted;
  outcomes = new Map<string, Outcome>();
  history: string[] = [];
  private readonly submissions = new Map<string, Submission>();
  private sent = 0;

  constructor(private secondsPassed = 0) {}

  wait(seconds: number): string[] {
    this.secondsPassed += seconds;
    return this.decide([]);
  }

  send(type: 'submit' | 'revoke', revision: number, content = ''): string {
    const id = `${type} ${revision}${content} #${++this.sent}`;
    const specific =
      type === 'submit'
        ? { microCredentialCtid: ctid, awardedDate: '2026-06-01', learner: { identifiers: [{ type: 'DID', value: 'did:key:z' }] }, method: 'INSTRUCTION' }
        : { reasonCode: 'ISSUED_IN_ERROR' };
    const record = readRecord({
      type: type === 'submit' ? SUBMIT_AWARD : REVOKE_AWARD,
      data: { sourceAwardId: 'A-1', revision, extensions: { content }, ...specific },
    });
    this.submissions.set(id, {
      submissionId: id,
      institutionCode: 'BCIT',
      record,
      contentHash: `${type} ${revision}${content}`,
      receivedAt: this.now,
      newAwardId: `award of ${id}`,
    } as Submission);
    this.decide([this.submissions.get(id)!]);
    return this.stateOf(id);
  }

  stateOf(id: string): string {
    const outcome = this.outcomes.get(id)!;
    return outcome.state === 'REJECTED' ? outcome.errors.map(({ code }) => code).join() : outcome.state;
  }

  get states(): Record<string, string> {
    return Object.fromEntries([...this.outcomes.keys()].map((id) => [id, this.stateOf(id)]));
  }

  get now(): Date {
    return new Date(start.getTime() + this.secondsPassed * 1000);
  }

  private decide(incoming: Submission[]): string[] {
    const waiting = [...this.outcomes].flatMap(([id, { state }]) => (state === 'PENDING' ? [this.submissions.get(id)!] : []));
    const circumstances: Circumstances = {
      now: this.now,
      today: '2026-06-15',
      facts: { institution: () => ({ ctid: 'ce-bcit', code: 'BCIT', status: 'ACTIVE' }), versionsOf: () => this.known },
      factsCompleteUntil: this.completeUntil,
      patience: { factWaitMs: 15_000, revisionGapMs: 600_000 },
    };
    const { after, outcomes, changes } = decideSourceAward(this.state, waiting, incoming, circumstances);
    this.state = after;
    for (const [id, outcome] of outcomes) this.outcomes.set(id, outcome);
    this.history.push(...changes.map(({ kind, submission }) => `${kind} by ${submission.submissionId}`));
    return [...outcomes.keys()].map((id) => this.stateOf(id));
  }
}
