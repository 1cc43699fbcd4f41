import { Ctid, Instant, InstitutionCode, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';

/** An Ed25519 public key as Multikey text: base58btc of the code 0xed01 and the 32 bytes of the key. */
export const PublicKeyMultibase = z
  .string()
  .regex(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/, { error: 'Expected an Ed25519 key as multibase: "z6Mk" and 44 characters of base58.' });

/** ACTIVE signs; RETIRED signs no more, and what it signed stays good; COMPROMISED is believed only for what the registry had received before. */
export const IssuerKeyStatus = z.enum(['PROPOSED', 'ACTIVE', 'RETIRED', 'COMPROMISED']);
/** Who has the private key: the institution itself, or the registry, which signs for it. */
export const IssuerKeyHolder = z.enum(['INSTITUTION', 'REGISTRY']);

/** The full public state of a key that is, or was, active. */
export const IssuerKeySnapshot = z.object({
  institutionCtid: Ctid,
  institutionCode: InstitutionCode,
  /** The DID of the institution (`did:web`). */
  did: z.string(),
  /** The id of the verification method: the DID, `#` and the public key. */
  kid: z.string(),
  publicKeyMultibase: z.string(),
  heldBy: IssuerKeyHolder,
  status: IssuerKeyStatus.exclude(['PROPOSED']),
  activatedAt: Instant,
  retiredAt: Instant.optional(),
  compromisedAt: Instant.optional(),
});
export type IssuerKeySnapshot = z.infer<typeof IssuerKeySnapshot>;

/** A key is a part of its institution: its events keep the institution's order and count its version. */
const issuerKeyEvent = (pastTense: string) =>
  defineEvent({
    type: `ca.bc.mcr.issuerKey.${pastTense}.v1`,
    topic: topics.institutions,
    key: ({ institutionCtid }) => institutionCtid,
    data: IssuerKeySnapshot,
  });

export const IssuerKeyActivated = issuerKeyEvent('activated');
export const IssuerKeyRetired = issuerKeyEvent('retired');
export const IssuerKeyCompromised = issuerKeyEvent('compromised');
export const issuerKeyEvents = [IssuerKeyActivated, IssuerKeyRetired, IssuerKeyCompromised] as const;
