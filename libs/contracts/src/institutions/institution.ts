import { Ctid, InstitutionCode, LanguageMap } from '@mcr/event-kit';
import { z } from 'zod';

export const AgentType = z.enum(['UNIVERSITY', 'COLLEGE', 'INSTITUTE', 'INDIGENOUS_INSTITUTE', 'PRIVATE']);

/** The development regions of British Columbia. */
export const Region = z.enum([
  'Mainland/Southwest',
  'Vancouver Island/Coast',
  'Thompson-Okanagan',
  'Cariboo',
  'Kootenay',
  'North Coast/Nechako',
  'Northeast',
]);

export const InstitutionStatus = z.enum(['INVITED', 'PENDING_VERIFICATION', 'ACTIVE', 'SUSPENDED']);

/** The public state of an institution; every event about it carries all of it. */
export const InstitutionSnapshot = z.object({
  ctid: Ctid,
  code: InstitutionCode,
  name: LanguageMap,
  agentType: AgentType,
  region: Region,
  subjectWebpage: z.url({ protocol: /^https$/ }).optional(),
  status: InstitutionStatus,
  reason: z.string().max(1000).optional(),
});
export type InstitutionSnapshot = z.infer<typeof InstitutionSnapshot>;
