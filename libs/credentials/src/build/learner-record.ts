import type { Credential, Json, JsonObject, SecuredCredential, StatusEntry } from '../credential.ts';
import type { Recipient } from './source/award.ts';
import { CLR_2, OPEN_BADGES_3, CREDENTIALS_V2 } from '../contexts/bundled.ts';
import { dateTimeStamp } from './date-time-stamp.ts';
import { type Party, partyProfile } from './source/party.ts';
import { recipientMembers } from './badge/recipient.ts';
import { stated } from './stated.ts';

/** What a learner earned at one or several institutions, in one document. */
export interface LearnerRecordSource {
  readonly id: string;
  readonly name: string;
  /** Who put it together, and signs it; each credential inside keeps the signature of its own issuer. */
  readonly publisher: Party;
  readonly recipient: Recipient;
  /** At least one, of one learner, with their proofs. */
  readonly credentials: readonly [SecuredCredential, ...SecuredCredential[]];
  /** Whether the learner has awards that are not in it. */
  readonly partial: boolean;
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly status?: StatusEntry;
}

const listed = (value: Json | undefined): readonly JsonObject[] => [value ?? []].flat() as JsonObject[];

const achievementOfCredential = ({ credentialSubject }: SecuredCredential): readonly JsonObject[] =>
  listed(credentialSubject).flatMap(({ achievement }) => listed(achievement));

const idOf = ({ id }: JsonObject): Json | undefined => id;

/** The achievements of the credentials, each version once. */
function achievementsOf(credentials: readonly SecuredCredential[]): JsonObject[] {
  return [...new Map(credentials.flatMap(achievementOfCredential).map((achievement) => [idOf(achievement), achievement])).values()];
}

/** Which achievements follow on one another: an earlier version that was earned too was replaced by the later one. */
function associationsAmong(achievements: readonly JsonObject[]): JsonObject[] {
  const known = new Set(achievements.map(idOf));
  return achievements.flatMap((achievement) =>
    listed(achievement['related'])
      .filter((earlier) => known.has(idOf(earlier)))
      .map((earlier) => ({ type: 'Association', associationType: 'replacedBy', sourceId: idOf(earlier), targetId: idOf(achievement) })),
  );
}

/** A ClrCredential of the Comprehensive Learner Record 2.0 (§C.1.1), to be secured. The credentials inside stand as they were given, byte for byte. */
export function learnerRecordOf(source: LearnerRecordSource): Credential {
  const associations = associationsAmong(achievementsOf(source.credentials));
  return stated({
    '@context': [CREDENTIALS_V2, CLR_2, OPEN_BADGES_3],
    id: source.id,
    type: ['VerifiableCredential', 'ClrCredential'],
    name: source.name,
    issuer: partyProfile(source.publisher),
    partial: source.partial,
    validFrom: dateTimeStamp(source.validFrom),
    validUntil: source.validUntil === undefined ? undefined : dateTimeStamp(source.validUntil),
    credentialSubject: stated({
      ...recipientMembers(source.recipient),
      type: ['ClrSubject'],
      verifiableCredential: source.credentials,
      association: associations,
    }),
    credentialStatus: source.status,
  });
}
