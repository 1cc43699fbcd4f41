import { CalendarDate, Ctid, InstitutionCode, StorableText, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { AgreementKind, DecidingKey } from '../transfer-agreement.ts';
import { basis } from './certificate.ts';
import { SEARCH_PATIENCE_MS, timeBudgetMs } from './plan.ts';
import { Situation, oneWay, saysWhatIsHeld, whoseRefusals } from './situation.ts';
import { WhyNotCode } from './why-not-code.ts';

/** What a fix changes: something about the learner (up to REMOVE), about an agreement or a micro-credential, or about the pathway. */
export const FixKind = z.enum([
  'COMPLETE',
  'REINSTATE',
  'GRADE',
  'HOLD',
  'DECLARE',
  'REMOVE',
  'ASK',
  'AGREEMENT',
  'AMEND',
  'CREDIT',
  'LIMIT',
  'SHARE',
  'ADMIT',
  'DROP',
]);

const text = z.string();

/** Credit that would be granted: of a course, of a subject, or none at all, with a requirement that counts as met. */
const GrantedCredit = z.object({ course: text.optional(), subject: text.optional(), level: z.int().optional(), credits: z.number(), waives: text.optional() });

/** What an agreement would say: all of a new one; of one that there is what is otherwise. `ongoing`: it would have no last day. */
const ProposedTerms = z.object({
  kind: AgreementKind.optional(),
  sender: Ctid.optional(),
  receiver: Ctid.optional(),
  from: z.array(z.object({ microCredential: Ctid, minGrade: z.number().optional() })).optional(),
  grants: z.array(GrantedCredit).optional(),
  priority: z.int().optional(),
  startDate: CalendarDate.optional(),
  ongoing: z.literal(true).optional(),
  /** The pathways that it counts for; none: all of the receiver. */
  pathways: z.array(Ctid).optional(),
});

/** What would have to be otherwise, as data and as a sentence. Which members there are depends on the kind. */
export const RecognitionFix = z.object({
  kind: FixKind,
  message: text,
  microCredentials: z.array(Ctid).optional(),
  completedOn: CalendarDate.optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  declares: text.optional(),
  agreement: Ctid.optional(),
  terms: ProposedTerms.optional(),
  credits: z.number().optional(),
  pathway: Ctid.optional(),
  /** Of a requirement, a section or a limit of the pathway. */
  requirement: text.optional(),
  maxUses: z.int().optional(),
  /** Pairs of requirements that may share. */
  together: z.array(z.array(text)).optional(),
});

/** Why something is not recognised, with what there is of what is needed. Which members there are depends on the code. */
export const WhyNotReason = z.object({
  code: WhyNotCode,
  message: text,
  microCredentials: z.array(Ctid).optional(),
  agreement: Ctid.optional(),
  key: DecidingKey.optional(),
  receiver: Ctid.optional(),
  pathways: z.array(Ctid).optional(),
  /** Of requirements, sections or limits of the pathway. */
  requirements: z.array(text).optional(),
  courses: z.array(text).optional(),
  declares: text.optional(),
  /** The bucket whose credit is limited together. */
  bucket: text.optional(),
  have: z.number().optional(),
  need: z.number().optional(),
  most: z.number().optional(),
  startDate: CalendarDate.optional(),
  endDate: CalendarDate.optional(),
  months: z.int().optional(),
  fix: RecognitionFix,
});

/** One way to be recognised. With every fix in its order it would be; with one left out it would not. */
export const RecognitionPath = z.object({ agreement: Ctid.optional(), reasons: z.array(WhyNotReason), fixes: z.array(RecognitionFix) });

const oneTarget = { error: 'Name a receiver, or a pathway and perhaps a requirement, section or limit of it.', path: ['receiver'] };

/** Why held micro-credentials are not recognised, and what would change that. */
export const WhyNotRecognised = defineQuery({
  name: 'whyNotRecognised',
  service: 'pathways',
  patienceMs: SEARCH_PATIENCE_MS,
  input: z
    .strictObject({
      receiver: InstitutionCode.optional(),
      pathway: Ctid.optional(),
      /** Of a requirement, a section or a limit of the pathway. */
      requirement: StorableText.trim().min(1).max(64).optional(),
      /** Which of the held ones. */
      microCredentials: z.array(Ctid).min(1).max(20),
      ...Situation,
      timeBudgetMs,
    })
    .refine(({ receiver, pathway, requirement }) => (receiver === undefined) !== (pathway === undefined) && !(receiver && requirement), oneTarget)
    .refine(saysWhatIsHeld, oneWay),
  output: z.object({
    microCredentials: z.array(
      z.object({
        microCredential: Ctid,
        recognised: z.boolean(),
        /** The nearest way first. */
        paths: z.array(RecognitionPath),
        /** False: the time was over, and there may be other ways. */
        complete: z.boolean(),
      }),
    ),
    ...basis,
  }),
  refusals: ['PATHWAY_NOT_FOUND', 'INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', ...whoseRefusals],
});
