import { StorableText, isStorableText } from '@mcr/event-kit';
import { z } from 'zod';

/**
 * What an institution may send with an award beside its dates: results, evidence, and a credential that it signed itself. All of it is about one person, so
 * it is in no event of the registry, and on Kafka each member is encrypted.
 */

const text = (max: number) => StorableText.min(1).max(max);

/** The kinds of results of Open Badges 3.0 (§B.6.2). */
export const ResultType = z.enum([
  'GradePointAverage',
  'LetterGrade',
  'Percent',
  'PerformanceLevel',
  'PredictedScore',
  'RawScore',
  'Result',
  'RubricCriterion',
  'RubricCriterionLevel',
  'RubricScore',
  'ScaledScore',
  'Status',
]);

/** How far somebody has come, after Open Badges 3.0 (§B.6.3). */
export const ResultStatus = z.enum(['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew']);

const saysSomething = ({ value, status }: { value?: string | undefined; status?: string | undefined }): boolean => value !== undefined || status !== undefined;
const isPercentage = ({ resultType, value }: { resultType: string; value?: string | undefined }): boolean =>
  resultType !== 'Percent' || value === undefined || (/^\d{1,3}(\.\d{1,6})?$/.test(value) && Number(value) <= 100);

/** One result of the learner: a grade, a score, a level; or a status alone. */
export const AwardResult = z
  .strictObject({ resultType: ResultType, value: text(200).optional(), status: ResultStatus.optional() })
  .refine(saysSomething, { error: 'Expected a value, a status, or both.' })
  .refine(isPercentage, { error: 'Expected a percentage from 0 to 100, such as 87.5.', path: ['value'] });

/** The characters of a URI (RFC 3986), which is what a credential can carry. */
const URI = String.raw`[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]`;
const EVIDENCE_ID = new RegExp(
  `^(?:https://[A-Za-z0-9]${URI}*|data:(?:[a-z]+/[A-Za-z0-9.+\\-]+)?(?:;[A-Za-z0-9\\-]+=[A-Za-z0-9.+\\-]+)*(?:;base64)?,${URI}*)$`,
);
const LONGEST_EVIDENCE = 64 * 1024;

/** Where something can be seen that shows what was learned, or the thing itself as a `data:` URL; and what it is, in words. */
export const AwardEvidence = z.strictObject({
  id: z
    .string()
    .max(LONGEST_EVIDENCE, { error: 'Expected at most 64 KiB.' })
    .regex(EVIDENCE_ID, { error: 'Expected an address that begins with https://, or a data: URL.' })
    .refine((id) => id.startsWith('data:') || URL.canParse(id), { error: 'Expected an address that begins with https://, or a data: URL.' })
    .optional(),
  name: text(300),
  narrative: text(10_000).optional(),
});

const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorableText(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([name, member]) => isStorableText(name) && isStorable(member));
};

/** JSON whose every name and text can be stored; nothing else is asked of it here. */
export const StorableObject = z
  .record(z.string(), z.unknown())
  .refine(isStorable, { error: 'Contains a character that cannot be stored (NUL, or half of a surrogate pair).' });

/** An Open Badge 3.0 as its institution signed it: the JSON with its proof, or the text of a `vc+jwt`. */
export const SignedCredential = z.union([StorableText.min(1), StorableObject], {
  error: 'Expected a credential as an object with its proof, or as the text of a JWT.',
});
