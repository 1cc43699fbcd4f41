import { CalendarDate, Ctid, HttpsUrl, StorableText, languageMap } from '@mcr/event-kit';
import { z } from 'zod';

const ShortText = StorableText.trim().min(1).max(300);
const Code = StorableText.trim().min(1).max(40);

export const Title = languageMap(300);
export const Description = languageMap(10_000);

/** Why the program exists, in the words of the B.C. framework. */
export const Purpose = z.enum(['PATHWAY', 'UPDATE', 'TECHNICAL_SKILL', 'TRANSFERABLE_SKILL', 'TEASER', 'ASSESSMENT_ONLY', 'PICK_AND_CHOOSE']);
export const DeliveryType = z.enum(['InPerson', 'OnlineOnly', 'BlendedDelivery']);

export const CreditValue = z.strictObject({
  value: z.number(),
  creditUnitType: z.enum(['SemesterHours', 'QuarterHours']).default('SemesterHours'),
  creditLevelType: z.enum(['LowerDivision', 'UpperDivision', 'Graduate', 'Preparatory']).optional(),
});

export const Competency = z.strictObject({ ctid: Ctid, competencyText: StorableText.trim().max(5000), competencyLabel: ShortText.optional() });

export const Assessment = z.strictObject({
  id: StorableText.trim().min(1).max(64),
  name: ShortText,
  assessmentMethodType: z.enum(['Exam', 'Performance', 'Artifact']),
  use: z.enum(['Formative', 'Summative']),
  supervised: z.boolean().optional(),
  identityVerified: z.boolean().optional(),
  assesses: z.array(Ctid).max(200),
});

export const Component = z.strictObject({
  kind: z.enum(['COURSE', 'MODULE', 'ASSESSMENT']),
  name: ShortText,
  hours: z.number().nonnegative().optional(),
  code: Code.optional(),
});

export const Partner = z.strictObject({
  organizationName: ShortText,
  type: z.enum(['INDUSTRY', 'EMPLOYER', 'COMMUNITY', 'INDIGENOUS_COMMUNITY']),
  roles: z.array(z.enum(['NEED', 'CURRICULUM', 'ASSESSMENT', 'RECOGNITION', 'DELIVERY'])).max(5),
  publicConsent: z.boolean().optional(),
});

export const Cost = z.strictObject({ price: z.number().nonnegative(), currency: z.literal('CAD') });

const described = {
  name: Title,
  description: Description,
  codedNotation: Code.optional(),
  subjectWebpage: HttpsUrl.optional(),
  inLanguage: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, { error: 'Expected a language tag such as en-CA.' }))
    .min(1)
    .max(20)
    .default(['en-CA']),
  keyword: z.array(ShortText).max(50).default([]),
  dateEffective: CalendarDate,
  expirationDate: CalendarDate.optional(),
  exactDuration: z
    .string()
    .max(40)
    .regex(/^P(?=.)(\d+W|(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?)$/, { error: 'Expected an ISO 8601 duration such as PT40H.' })
    .optional(),
  creditValue: CreditValue.optional(),
  deliveryType: DeliveryType.optional(),
  estimatedCost: z.array(Cost).max(20).default([]),
  instructionalProgramType: z
    .string()
    .regex(/^\d{2}\.\d{4}$/, { error: 'Expected a CIP 2021 code such as 11.0202.' })
    .optional(),
  occupationType: z
    .array(z.string().regex(/^\d{5}$/, { error: 'Expected a NOC 2021 code of five digits.' }))
    .max(3)
    .default([]),
  components: z.array(Component).max(100).default([]),
  competencies: z.array(Competency).max(200).default([]),
  assessments: z.array(Assessment).max(50).default([]),
  purpose: Purpose.optional(),
  partners: z.array(Partner).max(50).default([]),
  recognition: z
    .array(z.enum(['TRANSCRIPT', 'DIGITAL_BADGE', 'CERTIFICATE']))
    .max(3)
    .default([]),
  pathwayStatement: StorableText.trim().max(2000).optional(),
};

const MAX_DEFINITION_BYTES = 256 * 1024;
const fitsIntoAnEvent = (definition: object): boolean => Buffer.byteLength(JSON.stringify(definition)) <= MAX_DEFINITION_BYTES;

/**
 * What an institution says about a version while it is being written. Hours and the credit question may be open:
 * the framework's rules say what is missing before it can be published.
 */
export const MicroCredentialDraft = z
  .strictObject({ ...described, totalHours: z.number().optional(), isNonCredit: z.boolean().optional() })
  .refine(fitsIntoAnEvent, { error: `The whole definition has more than ${MAX_DEFINITION_BYTES / 1024} KiB.` });
export type MicroCredentialDraft = z.infer<typeof MicroCredentialDraft>;

/** The full public snapshot of a published version; it never changes. Consumers pass over what they do not know yet, at every level. */
export const PublishedMicroCredential = z.object({
  ...described,
  name: Title.strip(),
  description: Description.strip(),
  creditValue: CreditValue.strip().optional(),
  estimatedCost: z.array(Cost.strip()).default([]),
  components: z.array(Component.strip()).default([]),
  competencies: z.array(Competency.strip()).default([]),
  assessments: z.array(Assessment.strip()).default([]),
  partners: z.array(Partner.strip()).default([]),
  totalHours: z.number().positive(),
  isNonCredit: z.boolean(),
  ctid: Ctid,
  version: z.int().positive(),
  ownedBy: Ctid,
  offeredBy: z.array(Ctid).min(1),
  status: z.literal('PUBLISHED'),
});
export type PublishedMicroCredential = z.infer<typeof PublishedMicroCredential>;
