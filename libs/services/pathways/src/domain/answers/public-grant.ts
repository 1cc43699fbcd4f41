import type { TransferGrant } from '@mcr/contracts';
import type { z } from 'zod';
import type { GrantFact } from '../facts/graph-fact.ts';
import { fromHundredths } from '../facts/public-units.ts';

/** Credit that is granted, in public units and as the agreement is written. Agreements that were agreed always name a subject. */
export function publicGrant(grant: GrantFact): z.infer<typeof TransferGrant> {
  const { level, areas, credits, waives } = grant;
  const { course, subject = '' } = grant.written ?? grant;
  return {
    ...(course !== undefined && { course }),
    subject,
    ...(level !== undefined && { level }),
    ...(areas && { areas: [...areas] }),
    credits: fromHundredths(credits),
    ...(waives !== undefined && { waives }),
  };
}
