import { Ctid, Instant, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';

/** A status list was signed anew, with other bits or for another day. Whoever keeps a copy asks for it again; which credentials it is about is not told. */
export const StatusListPublished = defineEvent({
  type: 'ca.bc.mcr.statusList.published.v1',
  topic: topics.awards,
  key: ({ statusList }) => statusList,
  data: z.object({
    /** The address of the list. */
    statusList: z.string(),
    purpose: z.enum(['revocation', 'suspension']),
    /** Whose credentials it is about; who signed it the list itself says. */
    institutionCtid: Ctid,
    /** SHA-256 of the canonical form (RFC 8785) of the signed list, as hexadecimal digits: what its ETag says. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    publishedAt: Instant,
    validUntil: Instant,
  }),
});
