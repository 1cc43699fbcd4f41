import { Ctid, HttpsUrl, InstitutionCode, StorableText, defineCommand } from '@mcr/event-kit';
import { z } from 'zod';
import { AgentType, InstitutionName, InstitutionSnapshot, Region } from './institution.ts';
import { ClientId, PublicJwk } from './publishing-client.ts';

const service = 'institutions';
const Reason = StorableText.trim().min(3).max(1000);
const OfInstitution = z.strictObject({ institution: InstitutionCode, expectedVersion: z.int().positive().optional() });
const Institution = InstitutionSnapshot.extend({ version: z.int().positive() });

export const InviteInstitution = defineCommand({
  name: 'inviteInstitution',
  service,
  input: z.strictObject({
    ctid: Ctid.optional(),
    code: InstitutionCode,
    name: InstitutionName,
    agentType: AgentType,
    region: Region,
    subjectWebpage: HttpsUrl.optional(),
  }),
  output: Institution,
  refusals: ['CODE_TAKEN', 'CTID_TAKEN'],
});

/** Records that somebody checked who the institution is; that person asks for its activation. */
export const VerifyInstitution = defineCommand({
  name: 'verifyInstitution',
  service,
  input: OfInstitution,
  output: Institution,
  refusals: ['INSTITUTION_NOT_FOUND', 'ILLEGAL_STATE', 'VERSION_CONFLICT'],
});

/** Approves a verified institution. The approver is another person than the one who verified it. */
export const ActivateInstitution = defineCommand({
  name: 'activateInstitution',
  service,
  input: OfInstitution,
  output: Institution,
  refusals: ['INSTITUTION_NOT_FOUND', 'ILLEGAL_STATE', 'VERSION_CONFLICT', 'APPROVER_IS_REQUESTER'],
});

export const SuspendInstitution = defineCommand({
  name: 'suspendInstitution',
  service,
  input: OfInstitution.extend({ reason: Reason }),
  output: Institution,
  refusals: ['INSTITUTION_NOT_FOUND', 'ILLEGAL_STATE', 'VERSION_CONFLICT'],
});

export const ReinstateInstitution = defineCommand({
  name: 'reinstateInstitution',
  service,
  input: OfInstitution.extend({ reason: Reason.optional() }),
  output: Institution,
  refusals: ['INSTITUTION_NOT_FOUND', 'ILLEGAL_STATE', 'VERSION_CONFLICT'],
});

const PublishingClient = z.object({ clientId: ClientId, institutionCode: InstitutionCode, scopes: z.array(z.string()), status: z.enum(['ACTIVE', 'REVOKED']) });

/** Lets a system of an active institution sign in with its key. The same registration again is answered like the first. */
export const RegisterPublishingClient = defineCommand({
  name: 'registerPublishingClient',
  service,
  input: z.strictObject({
    institution: InstitutionCode,
    clientId: ClientId,
    publicKey: PublicJwk,
    scopes: z
      .array(z.enum(['award:publish']))
      .min(1)
      .max(1)
      .default(['award:publish']),
  }),
  output: PublishingClient,
  refusals: ['INSTITUTION_NOT_FOUND', 'ILLEGAL_STATE', 'CLIENT_ID_TAKEN'],
});

/** Ends the client for good. With `institution`, only a client of that institution is found: its own staff must say it. */
export const RevokePublishingClient = defineCommand({
  name: 'revokePublishingClient',
  service,
  input: z.strictObject({ institution: InstitutionCode.optional(), clientId: ClientId, reason: Reason.optional() }),
  output: PublishingClient,
  refusals: ['PUBLISHING_CLIENT_NOT_FOUND', 'ILLEGAL_STATE'],
});
