import { Ctid, HttpsUrl, InstitutionCode, languageMap } from '@mcr/event-kit';
import { z } from 'zod';

export const AgentType = z.enum(['UNIVERSITY', 'COLLEGE', 'INSTITUTE', 'INDIGENOUS_INSTITUTE', 'PRIVATE']);

/** The development regions of British Columbia. */
export const Region = z.enum(['Mainland/Southwest', 'Vancouver Island/Coast', 'Thompson-Okanagan', 'Cariboo', 'Kootenay', 'North Coast/Nechako', 'Northeast']);

export const InstitutionStatus = z.enum(['INVITED', 'PENDING_VERIFICATION', 'ACTIVE', 'SUSPENDED']);

export const InstitutionName = languageMap(300);

/** The public state of an institution; every event about it carries all of it. Consumers pass over what they do not know yet. */
export const InstitutionSnapshot = z.object({
  ctid: Ctid,
  code: InstitutionCode,
  name: InstitutionName.strip(),
  agentType: AgentType,
  region: Region,
  subjectWebpage: HttpsUrl.optional(),
  status: InstitutionStatus,
  /** Why it was suspended or reinstated. */
  reason: z.string().max(1000).optional(),
});
export type InstitutionSnapshot = z.infer<typeof InstitutionSnapshot>;
