import type { TransferGrant } from '@mcr/contracts';
import type { Grant } from '@mcr/pathway-engine';
import type { z } from 'zod';
import { fromHundredths } from '../facts/public-units.ts';

/** Credit that is granted, in public units. Agreements that were agreed always name a subject. */
export const publicGrant = ({ course, subject = '', level, areas, credits, waives }: Grant): z.infer<typeof TransferGrant> => ({
  ...(course !== undefined && { course }),
  subject,
  ...(level !== undefined && { level }),
  ...(areas && { areas: [...areas] }),
  credits: fromHundredths(credits),
  ...(waives !== undefined && { waives }),
});
