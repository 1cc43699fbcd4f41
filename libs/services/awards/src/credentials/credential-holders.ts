import { Injectable } from '@nestjs/common';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { type Principal, authorise } from '@mcr/identity';
import { Clock } from '@mcr/runtime';
import { hashOfShareToken, isShareToken } from '../domain/share.ts';
import { Callers } from '../http/callers.ts';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { awardSharedBy, countView } from '../storage/share-store.ts';
import { type IssuedCredential, credentialsOfAwards } from '../storage/verification-store.ts';

/** Knows who may be shown which credential: the ministry's registrar all, an institution its own, a learner those of theirs, a share its one. */
@Injectable()
export class CredentialHolders {
  constructor(
    private readonly database: Database,
    private readonly callers: Callers,
    private readonly learners: SignedInLearner,
    private readonly clock: Clock,
  ) {}

  /** Those of these awards' credentials (UUIDs) that the caller may be shown. */
  async shownTo(principal: Principal, awardIds: readonly string[]): Promise<IssuedCredential[]> {
    authorise(principal, 'credentialsOfAwards');
    const found = await credentialsOfAwards(this.database, awardIds);
    if (principal.roles.includes('ministry-registrar')) return found;
    if (principal.roles.includes('learner')) {
      const learnerRef = await this.learners.of(principal, this.database);
      return found.filter(({ award }) => award.learnerRef === learnerRef);
    }
    const code = principal.institution ?? (await this.callers.clientOf(principal)).institutionCode;
    return found.filter(({ institutionCode }) => institutionCode === code);
  }

  /** The credential that a share shows, of `award` (UUID) where that is said. @throws Refusal NOT_FOUND for a token that is none, or shows nothing (any more). */
  async sharedBy(shareToken: string, award?: string): Promise<IssuedCredential> {
    const awardId = isShareToken(shareToken) ? await awardSharedBy(this.database, hashOfShareToken(shareToken), this.clock.now(), award) : undefined;
    const [credential] = awardId === undefined ? [] : await credentialsOfAwards(this.database, [awardId]);
    if (!credential) throw nothingShown();
    return credential;
  }

  /** Notes that a share is used, once it is known what is shown. @throws Refusal NOT_FOUND where it ended meanwhile. */
  async noteView(shareToken: string): Promise<void> {
    if (!(await countView(this.database, hashOfShareToken(shareToken), this.clock.now()))) throw nothingShown();
  }
}

const nothingShown = (): Refusal => new Refusal('NOT_FOUND', 'Nothing is shown with this token, or not any more.');
