import { defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';
import { AwardId } from './award-events.v1.ts';

/** An award has its signed credential: the award's next version. Nothing of the credential itself is told, for it is its holder's. */
export const CredentialIssued = defineEvent({
  type: 'ca.bc.mcr.credential.issued.v1',
  topic: topics.awards,
  key: ({ awardId }) => awardId,
  data: z.object({
    awardId: AwardId,
    credentialId: z.string(),
    /** SHA-256 of the canonical form (RFC 8785) of the credential with its proof, or of the text of a JWT, as hexadecimal digits. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    /** Its bit of the list of revocations: the address of the list, and the index. A credential that its institution signed itself has none. */
    statusList: z.object({ id: z.string(), index: z.int().nonnegative() }).optional(),
  }),
});
