import type { Credential, StatusEntry } from '../credential.ts';
import { OPEN_BADGES_3, CREDENTIALS_V2 } from '../contexts/bundled.ts';
import { dateTimeStamp } from './date-time-stamp.ts';
import { type Party, partyProfile } from './source/party.ts';
import { stated } from './stated.ts';

/** An endorsement of a version of a micro-credential, of a competency or of somebody's award. */
export interface EndorsementSource {
  readonly id: string;
  readonly endorser: Party;
  /** The id of what is endorsed, as it stands in credentials. */
  readonly endorses: string;
  readonly name: string;
  readonly comment?: string;
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly status?: StatusEntry;
}

/** An EndorsementCredential of Open Badges 3.0 (§B.1.9), to be secured by the endorser. */
export function endorsementOf(source: EndorsementSource): Credential {
  return stated({
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3],
    id: source.id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: source.name,
    issuer: partyProfile(source.endorser),
    validFrom: dateTimeStamp(source.validFrom),
    validUntil: source.validUntil === undefined ? undefined : dateTimeStamp(source.validUntil),
    credentialSubject: stated({ id: source.endorses, type: ['EndorsementSubject'], endorsementComment: source.comment }),
    credentialStatus: source.status,
  });
}
