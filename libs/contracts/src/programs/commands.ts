import { Ctid, InstitutionCode, defineCommand } from '@mcr/event-kit';
import { z } from 'zod';
import { MicroCredentialDraft } from './micro-credential.ts';

const service = 'programs';

/** What one rule of a framework says about a version. */
export const RuleResult = z.object({
  ruleId: z.string(),
  ruleSet: z.string(),
  severity: z.enum(['ERROR', 'WARNING']),
  passed: z.boolean(),
  pointer: z.string(),
  message: z.string(),
  hint: z.string(),
});
export type RuleResult = z.infer<typeof RuleResult>;

const MicroCredentialVersion = z.object({
  ctid: Ctid,
  version: z.int().positive(),
  ownedBy: InstitutionCode,
  status: z.enum(['DRAFT', 'PUBLISHED']),
  ruleResults: z.array(RuleResult),
});

/** Writes the draft of a version: of a new micro-credential, or the next one of a known ctid. An existing draft is replaced. */
export const DefineMicroCredential = defineCommand({
  name: 'defineMicroCredential',
  service,
  input: z.strictObject({
    ctid: Ctid.optional(),
    ownedBy: InstitutionCode,
    offeredBy: z.array(InstitutionCode).min(1).max(25).optional(),
    definition: MicroCredentialDraft,
  }),
  output: MicroCredentialVersion,
  refusals: ['INSTITUTION_NOT_FOUND', 'INSTITUTION_SUSPENDED', 'TITLE_TAKEN', 'CTID_TAKEN'],
});

/** Publishes the draft of a version. From then on it never changes. */
export const PublishMicroCredential = defineCommand({
  name: 'publishMicroCredential',
  service,
  input: z.strictObject({ ctid: Ctid, version: z.int().positive() }),
  output: MicroCredentialVersion,
  refusals: ['MICRO_CREDENTIAL_NOT_FOUND', 'INSTITUTION_SUSPENDED', 'ILLEGAL_STATE', 'RULES_NOT_MET'],
});
