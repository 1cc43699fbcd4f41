import type { ActivateIssuerKey } from '@mcr/contracts';
import { type OutputOf, Refusal } from '@mcr/event-kit';
import type { EventfulTransaction } from '@mcr/messaging';
import type { Institution } from '../domain/institution.ts';
import { type IssuerKey, kidOf } from '../domain/issuer-key.ts';
import { lockInstitution } from '../storage/institutions.ts';

/** What every command about a key answers. */
export const keyAnswer = (key: IssuerKey, { code }: Institution): OutputOf<typeof ActivateIssuerKey> => ({
  institutionCode: code,
  kid: kidOf(key),
  publicKeyMultibase: key.publicKeyMultibase,
  heldBy: key.heldBy,
  status: key.status,
});

/** The institution, locked with all its keys. @throws Refusal INSTITUTION_NOT_FOUND */
export async function lockOf(tx: EventfulTransaction, code: string): Promise<Institution> {
  const institution = await lockInstitution(tx, { code });
  if (!institution) throw new Refusal('INSTITUTION_NOT_FOUND', `There is no institution with the code ${code}.`);
  return institution;
}
