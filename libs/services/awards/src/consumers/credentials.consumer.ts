import { Payload } from '@nestjs/microservices';
import { AwardIssued } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, ReactTo } from '@mcr/messaging';
import { CredentialIssuer } from '../credentials/credential-issuer.ts';

/** Gives every award its signed credential. It is behind the intake and never in it: signing asks another service. */
@Consumer({ name: 'awards.credentials', kind: 'delivery' })
export class CredentialsConsumer {
  constructor(private readonly issuer: CredentialIssuer) {}

  @ReactTo(AwardIssued, { batch: true })
  async issueCredentialsWhenAwardsIssued(@Payload() events: readonly EventOf<typeof AwardIssued>[]): Promise<void> {
    await this.issuer.issue(events.map(({ data }) => data.awardId.slice('urn:uuid:'.length)));
  }
}
