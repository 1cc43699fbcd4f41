import { MicroCredentialPublished, awardEvents, institutionEvents, pathwayEvents, topics, transferAgreementEvents } from '@mcr/contracts';
import type { Envelope, EventOf } from '@mcr/event-kit';
import { Consumer, type ReactionContext, ReactTo } from '@mcr/messaging';
import { noteApplied, upsertAgreements, upsertAwards, upsertInstitutions, upsertMicroCredentials, upsertPathways } from '@mcr/registry-store/write';
import { registryTables } from '@mcr/registry-store';
import { Ctx, Payload } from '@nestjs/microservices';

type InstitutionEvent = EventOf<(typeof institutionEvents)[number]>;
type MicroCredentialEvent = EventOf<typeof MicroCredentialPublished>;
type AwardEvent = EventOf<(typeof awardEvents)[number]>;
type PathwayEvent = EventOf<(typeof pathwayEvents)[number]>;
type AgreementEvent = EventOf<(typeof transferAgreementEvents)[number]>;

/** The public state of an event together with the version it brought its aggregate to. */
const entryOf = <Data>({ data, aggregateversion }: Envelope<Data>): Data & { aggregateVersion: number } => ({ ...data, aggregateVersion: aggregateversion! });

const newestTime = (events: readonly Envelope[]): string => events.reduce((newest, { time }) => (time > newest ? time : newest), events[0]!.time);

/** Everything that the shared registry is made of. Each event is the whole state, so whatever arrives first, the newest version of a row stays. */
@Consumer({ name: 'search.registry', kind: 'projection', tables: registryTables })
export class RegistryReactions {
  @ReactTo(institutionEvents, { batch: true })
  async showInstitutionsWhenTheyChanged(@Payload() events: InstitutionEvent[], @Ctx() { tx }: ReactionContext) {
    await upsertInstitutions(tx, events.map(entryOf));
    await noteApplied(tx, topics.institutions.name, newestTime(events));
  }

  @ReactTo(MicroCredentialPublished, { batch: true })
  async showMicroCredentialsWhenPublished(@Payload() events: MicroCredentialEvent[], @Ctx() { tx }: ReactionContext) {
    await upsertMicroCredentials(tx, events.map(entryOf));
    await noteApplied(tx, topics.programs.name, newestTime(events));
  }

  @ReactTo(awardEvents, { batch: true })
  async showAwardsWhenTheyChanged(@Payload() events: AwardEvent[], @Ctx() { tx }: ReactionContext) {
    await upsertAwards(tx, events.map(entryOf));
    await noteApplied(tx, topics.awards.name, newestTime(events));
  }

  @ReactTo(transferAgreementEvents, { batch: true })
  async showAgreementsWhenTheyChanged(@Payload() events: AgreementEvent[], @Ctx() { tx }: ReactionContext) {
    await upsertAgreements(tx, events.map(entryOf));
    await noteApplied(tx, topics.transfer.name, newestTime(events));
  }

  @ReactTo(pathwayEvents, { batch: true })
  async showPathwaysWhenTheyChanged(@Payload() events: PathwayEvent[], @Ctx() { tx }: ReactionContext) {
    await upsertPathways(tx, events.map(entryOf));
    await noteApplied(tx, topics.transfer.name, newestTime(events));
  }
}
