import { CalendarDate, Ctid, LanguageMap } from '@mcr/event-kit';
import { z } from 'zod';

const HttpsUrl = z.url({ protocol: /^https$/, error: 'Expected an address that begins with https://.' });
const ShortText = z.string().trim().min(1).max(300);

/** Why the program exists, in the words of the B.C. framework. */
export const Purpose = z.enum(['PATHWAY', 'UPDATE', 'TECHNICAL_SKILL', 'TRANSFERABLE_SKILL', 'TEASER', 'ASSESSMENT_ONLY', 'PICK_AND_CHOOSE']);
export const DeliveryType = z.enum(['InPerson', 'OnlineOnly', 'BlendedDelivery']);

export const CreditValue = z.strictObject({
  value: z.number(),
  creditUnitType: z.enum(['SemesterHours', 'QuarterHours']).default('SemesterHours'),
  creditLevelType: z.enum(['LowerDivision', 'UpperDivision', 'Graduate', 'Preparatory']).optional(),
});

export const Competency = z.strictObject({ ctid: Ctid, competencyText: z.string(), competencyLabel: ShortText.optional() });

export const Assessment = z.strictObject({
  id: z.string().min(1).max(64),
  name: ShortText,
  assessmentMethodType: z.enum(['Exam', 'Performance', 'Artifact']),
  use: z.enum(['Formative', 'Summative']),
  supervised: z.boolean().optional(),
  identityVerified: z.boolean().optional(),
  assesses: z.array(Ctid),
});

export const Component = z.strictObject({ kind: z.enum(['COURSE', 'MODULE', 'ASSESSMENT']), name: ShortText, hours: z.number().nonnegative().optional(), code: z.string().max(40).optional() });

export const Partner = z.strictObject({
  organizationName: ShortText,
  type: z.enum(['INDUSTRY', 'EMPLOYER', 'COMMUNITY', 'INDIGENOUS_COMMUNITY']),
  roles: z.array(z.enum(['NEED', 'CURRICULUM', 'ASSESSMENT', 'RECOGNITION', 'DELIVERY'])),
  publicConsent: z.boolean().optional(),
});

const described = {
  name: LanguageMap,
  description: LanguageMap,
  codedNotation: z.string().max(40).optional(),
  subjectWebpage: HttpsUrl.optional(),
  inLanguage: z.array(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/)).default(['en-CA']),
  keyword: z.array(ShortText).max(50).default([]),
  dateEffective: CalendarDate,
  expirationDate: CalendarDate.optional(),
  exactDuration: z.string().regex(/^P(?=.)(\d+W|(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?)$/, { error: 'Expected an ISO 8601 duration such as PT40H.' }).optional(),
  creditValue: CreditValue.optional(),
  deliveryType: DeliveryType.optional(),
  estimatedCost: z.array(z.strictObject({ price: z.number().nonnegative(), currency: z.literal('CAD') })).default([]),
  instructionalProgramType: z.string().regex(/^\d{2}\.\d{4}$/, { error: 'Expected a CIP 2021 code such as 11.0202.' }).optional(),
  occupationType: z.array(z.string().regex(/^\d{5}$/, { error: 'Expected a NOC 2021 code of five digits.' })).max(3).default([]),
  components: z.array(Component).max(100).default([]),
  competencies: z.array(Competency).default([]),
  assessments: z.array(Assessment).max(50).default([]),
  purpose: Purpose.optional(),
  partners: z.array(Partner).max(50).default([]),
  recognition: z.array(z.enum(['TRANSCRIPT', 'DIGITAL_BADGE', 'CERTIFICATE'])).default([]),
  pathwayStatement: z.string().max(2000).optional(),
};

/**
 * What an institution says about a version while it is being written. Hours and the credit question may be open:
 * the framework's rules say what is missing before it can be published.
 */
export const MicroCredentialDraft = z.strictObject({ ...described, totalHours: z.number().optional(), isNonCredit: z.boolean().optional() });
export type MicroCredentialDraft = z.infer<typeof MicroCredentialDraft>;

/** The full public snapshot of a published version; it never changes. */
export const PublishedMicroCredential = z.object({
  ...described,
  totalHours: z.number().positive(),
  isNonCredit: z.boolean(),
  ctid: Ctid,
  version: z.int().positive(),
  ownedBy: Ctid,
  offeredBy: z.array(Ctid).min(1),
  status: z.literal('PUBLISHED'),
});
export type PublishedMicroCredential = z.infer<typeof PublishedMicroCredential>;
