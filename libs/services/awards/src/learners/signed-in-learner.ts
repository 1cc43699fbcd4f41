import type { Transaction } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { Injectable } from '@nestjs/common';
import { IntakeKeys } from '../intake/intake-keys.ts';
import { learnerOfSignIn } from '../storage/learner-link-store.ts';

/** Knows which learner is signed in: the one to whom a registrar linked the sign-in, never one whom a token names. */
@Injectable()
export class SignedInLearner {
  constructor(private readonly keys: IntakeKeys) {}

  /** @throws Refusal LEARNER_NOT_LINKED */
  async of({ subject }: Principal, reading: Pick<Transaction, 'query'>): Promise<string> {
    const learnerRef = await learnerOfSignIn(reading, this.keys.subjectFingerprint(subject));
    if (learnerRef === undefined) throw new Refusal('LEARNER_NOT_LINKED', 'The ministry registrar has not said yet whose sign-in this is.');
    return learnerRef;
  }
}
