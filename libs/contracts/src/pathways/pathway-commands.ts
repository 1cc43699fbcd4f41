import { Ctid, InstitutionCode, defineCommand } from '@mcr/event-kit';
import { z } from 'zod';
import { PathwaySnapshot, PathwayStatus, PathwayTerms } from './pathway.ts';
import { LimitInput, RequirementInput, SharingInput } from './requirement.ts';

const service = 'pathways';
const MAX_LIMITS = 20;

const output = z.object({ ctid: Ctid, version: z.int().positive(), ownedBy: InstitutionCode, status: PathwayStatus });

/** Publishes version 1 of a pathway, or the next version of a known one. Whoever holds the version before it asks for the one that follows. */
export const PublishPathway = defineCommand({
  name: 'publishPathway',
  service,
  input: z.strictObject({
    ctid: Ctid.optional(),
    version: z.int().positive().default(1),
    ownedBy: InstitutionCode,
    name: PathwaySnapshot.shape.name.strict(),
    ...PathwayTerms,
    requirement: RequirementInput,
    limits: z.array(LimitInput).max(MAX_LIMITS).default([]),
    sharing: SharingInput.optional(),
  }),
  output,
  refusals: [
    'INSTITUTION_NOT_FOUND',
    'INSTITUTION_SUSPENDED',
    'MICRO_CREDENTIAL_NOT_FOUND',
    'PATHWAY_NOT_FOUND',
    'REQUIREMENT_INVALID',
    'CYCLE',
    'CTID_TAKEN',
    'VERSION_CONFLICT',
    'ILLEGAL_STATE',
  ],
});

/** Ends a pathway for good: nobody begins it any more, and no question about it is answered. */
export const RetirePathway = defineCommand({
  name: 'retirePathway',
  service,
  input: z.strictObject({ ctid: Ctid }),
  output,
  refusals: ['PATHWAY_NOT_FOUND', 'ILLEGAL_STATE'],
});
