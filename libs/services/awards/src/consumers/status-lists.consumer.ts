import { Payload } from '@nestjs/microservices';
import { AwardRevoked, CredentialIssued } from '@mcr/contracts';
import { Database } from '@mcr/database';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, ReactTo } from '@mcr/messaging';
import { StatusLists } from '../credentials/status/status-lists.ts';
import { listsOfAwards, listsOfRevokedAwards } from '../storage/status-list-store.ts';

const uuidOf = ({ data }: { data: { awardId: string } }): string => data.awardId.slice('urn:uuid:'.length);

/** Publishes lists again once a bit of them has changed. What is published follows from the awards as they are, never from the event. */
@Consumer({ name: 'awards.status-lists', kind: 'delivery' })
export class StatusListsConsumer {
  constructor(
    private readonly lists: StatusLists,
    private readonly database: Database,
  ) {}

  @ReactTo(AwardRevoked, { batch: true })
  async publishListsWhenAwardsRevoked(@Payload() events: readonly EventOf<typeof AwardRevoked>[]): Promise<void> {
    await this.publish(await listsOfAwards(this.database, events.map(uuidOf)));
  }

  /** An award may have been revoked before it had its credential. */
  @ReactTo(CredentialIssued, { batch: true })
  async publishListsWhenCredentialsOfRevokedAwardsIssued(@Payload() events: readonly EventOf<typeof CredentialIssued>[]): Promise<void> {
    await this.publish(await listsOfRevokedAwards(this.database, events.map(uuidOf)));
  }

  private async publish(listIds: readonly string[]): Promise<void> {
    for (const listId of listIds) await this.lists.publish(listId, 'revocation');
  }
}
