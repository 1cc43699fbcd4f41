import { MyLearner, UseConsent, topics } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';
import { defineService, handle } from '@mcr/runtime';
import { Module } from '@nestjs/common';

@Module({})
class AwardsModule {}

/** A consent as far as it matters here; what else decides is decided by awards. */
export interface TestConsent {
  readonly id: string;
  readonly advisor: string;
  readonly learnerRef: string;
  readonly awards?: string[];
}

/** What awards would say of sign-ins and consents. The road to it, with its checks, is the real one, and so is its log. */
export class AwardsOfLearners {
  readonly learners = new Map<string, string>();
  readonly consents: TestConsent[] = [];
  /** Who asked what by which consent. */
  readonly uses: string[] = [];

  service() {
    return defineService({
      name: 'awards',
      module: AwardsModule,
      migrations: [],
      topics: [topics.awards],
      operations: [
        handle(MyLearner, (_, { principal }) => {
          const learnerRef = this.learners.get(principal.subject);
          return learnerRef === undefined ? Promise.reject(new Refusal('LEARNER_NOT_LINKED')) : Promise.resolve({ learnerRef });
        }),
        handle(UseConsent, ({ consent, question }, { principal }) => {
          const found = this.consents.find(({ id, advisor }) => id === consent && advisor === principal.subject);
          if (!found) return Promise.reject(new Refusal('CONSENT_NOT_USABLE'));
          this.uses.push(`${principal.subject} ${question}`);
          return Promise.resolve({ learnerRef: found.learnerRef, ...(found.awards && { awards: found.awards }) });
        }),
      ],
    });
  }
}
