import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MOST_VALUES, type SecuredCredential, learnerRecordOf, looksLikeJwt, valuesIn } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { type Principal, authorise } from '@mcr/identity';
import { Clock } from '@mcr/runtime';
import type { HeldAward } from '../domain/award/award.ts';
import { datesOf, effectiveStatus } from '../domain/award/effective-status.ts';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { awardsOfLearner } from '../storage/award-store.ts';
import { credentialsOfAwards } from '../storage/verification-store.ts';
import { RegistryKey } from './signing/registry-key.ts';

/** How many a record holds at most. Whoever verifies it verifies each of them. */
const MOST_CREDENTIALS = 50;
/** Room for the record around its credentials. */
const MOST_VALUES_INSIDE = MOST_VALUES - 500;

const uuidOf = (awardId: string): string => awardId.slice('urn:uuid:'.length);

/** The newest first, as many as one document may hold. */
function fitting(credentials: readonly SecuredCredential[]): SecuredCredential[] {
  let values = 0;
  return credentials.slice(0, MOST_CREDENTIALS).filter((credential) => (values += valuesIn(credential)) <= MOST_VALUES_INSIDE);
}

/** Puts what a learner earned at all institutions into one document, signed by the registry (Comprehensive Learner Record 2.0). Nothing of it is kept. */
@Injectable()
export class LearnerRecords {
  constructor(
    private readonly learners: SignedInLearner,
    private readonly database: Database,
    private readonly registry: RegistryKey,
    private readonly clock: Clock,
  ) {}

  /**
   * The record of whoever is signed in: the credential of every award that was not revoked, byte for byte as its institution signed it. `partial` when
   * one of them has no credential yet or does not count yet, or they are more than a record holds.
   * @throws Refusal NOT_FOUND for a learner who has none yet.
   */
  async recordOf(principal: Principal): Promise<SecuredCredential> {
    authorise(principal, 'learnerRecord');
    const learnerRef = await this.learners.of(principal, this.database);
    const now = this.clock.now();
    const statusOf = (award: HeldAward) => effectiveStatus(datesOf(award), now);
    const awards = (await awardsOfLearner(this.database, learnerRef)).filter((award) => statusOf(award) !== 'REVOKED');
    // What does not count yet would not be verified, and the record with it.
    const counting = awards.filter((award) => statusOf(award) !== 'SCHEDULED');
    const [first, ...others] = fitting(await this.credentialsOf(counting.map(({ awardId }) => uuidOf(awardId))));
    if (!first) throw new Refusal('NOT_FOUND', 'You have no credential yet: it follows an award within seconds.');
    const record = learnerRecordOf({
      id: `urn:uuid:${randomUUID()}`,
      name: 'Micro-credentials earned in British Columbia',
      publisher: this.registry.party,
      recipient: { reference: `urn:uuid:${learnerRef}` },
      credentials: [first, ...others],
      partial: others.length + 1 < awards.length,
      validFrom: now.toISOString(),
    });
    return this.registry.secure(record, now);
  }

  /** In the order of the awards. */
  private async credentialsOf(awardIds: readonly string[]): Promise<SecuredCredential[]> {
    const issued = await credentialsOfAwards(this.database, awardIds);
    // A record holds documents; what an institution signed as a JWT stays outside, and the record is partial.
    const documents = issued.filter(({ document }) => !looksLikeJwt(document));
    const byAward = new Map(documents.map(({ award, document }) => [uuidOf(award.awardId), document]));
    return awardIds.flatMap((awardId) => (byAward.has(awardId) ? [JSON.parse(byAward.get(awardId)!) as SecuredCredential] : []));
  }
}
