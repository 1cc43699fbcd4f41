import { Ctid, Instant, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';
import { ClientId } from '../institutions/publishing-client.ts';

/**
 * The registry signed what a publishing client had written, with the key that it keeps for the institution (VC API). Such a credential is no award and is
 * kept nowhere: this is how anybody can tell later that it was signed here, and at whose request. Nothing of what it says is told, not even its id.
 */
export const CredentialSigned = defineEvent({
  type: 'ca.bc.mcr.credential.signed.v1',
  topic: topics.awards,
  key: ({ signingId }) => signingId,
  data: z.object({
    signingId: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
    institutionCtid: Ctid,
    /** Who asked. */
    clientId: ClientId,
    /** The key that signed. */
    kid: z.string(),
    /** SHA-256 of the canonical form (RFC 8785) of the credential with its proof, as hexadecimal digits. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    signedAt: Instant,
  }),
});
