import type { ListedCode, ProposedGrant } from '../proposal.ts';

/** What the free text of a row says that the receiver gives. */
export type Detail =
  | { readonly kind: 'NO_CREDIT' | 'INDIVIDUAL_ASSESSMENT' }
  | { readonly kind: 'EXEMPTION'; readonly courses: readonly { readonly subject: string; readonly course: string }[] }
  | { readonly kind: 'COURSES' | 'SUBJECT_CREDIT'; readonly grants: readonly ProposedGrant[] }
  | { readonly kind: 'UNCLEAR'; readonly code: ListedCode; readonly message: string; readonly hint: string };

const unclear = (code: ListedCode, message: string, hint: string): Detail => ({ kind: 'UNCLEAR', code, message, hint });

const NO_CREDIT = /^no (transfer )?credit$/i;
const ASSESSMENT = /^individual(ly)? (assessment|assessed)$/i;
const EXEMPT = /^(?:exempt(?:s|ed|ion)?|exemption)(?: from| for)? (.+)$/i;
const CHOICE = /\bor\b|\/|\beither\b|\bone of\b/i;
const AND = / ?(?:[,;&+]|\band\b) ?/i;
const TOTAL = /(?: ?= ?| ?\(?\btotal:? )(\d{1,2}(?:\.\d{1,2})?)(?: credits?)?\)?$/i;
const SUBJECT = '[A-Z][A-Z&]{1,7}';
/** "UBC HIST 125 (3)"; of "1XX" and "1st" the first digit is the level. What is below the first year ("0XX") has none, and would count as credit of any. */
const PART = new RegExp(
  `^(?:([A-Z]{2,6}) )?(${SUBJECT}) (?:(\\d{3,4}[A-Z]?)|([1-9])XX|([1-9])(?:st|nd|rd|th)(?: year)?)(?: \\((\\d{1,2}(?:\\.\\d{1,2})?)\\))?$`,
  'i',
);
const COURSE = new RegExp(`^(?:([A-Z]{2,6}) )?(${SUBJECT}) (\\d{3,4}[A-Z]?)$`, 'i');

const OTHER_RECEIVER = (named: string): Detail =>
  unclear('OTHER_RECEIVER', `The detail speaks of ${named}, and the row of another receiver.`, 'Correct the receiver, or the detail.');

type IsReceiver = (name: string) => boolean;

function exemptionOf(text: string, isReceiver: IsReceiver): Detail {
  const found = text.split(AND).map((part) => ({ part, match: COURSE.exec(part) }));
  const odd = found.find(({ match }) => !match);
  if (odd) return unclear('DETAIL_UNCLEAR', `"${odd.part}" names no course to be exempt from.`, 'Write each as "HIST 125".');
  const other = found.find(({ match }) => match![1] !== undefined && !isReceiver(match![1]));
  if (other) return OTHER_RECEIVER(other.match![1]!.toUpperCase());
  return { kind: 'EXEMPTION', courses: found.map(({ match }) => ({ subject: match![2]!.toUpperCase(), course: `${match![2]} ${match![3]}`.toUpperCase() })) };
}

interface Part {
  readonly receiver: string | undefined;
  readonly grant: ProposedGrant;
  readonly hasCredit: boolean;
}

function partOf(text: string): Part | undefined {
  const match = PART.exec(text);
  if (!match) return undefined;
  const [, receiver, subject, number, wild, year, credit] = match;
  const level = Number((number ?? wild ?? year)![0]) * 100;
  const course = number === undefined ? {} : { course: `${subject} ${number}`.toUpperCase() };
  const grant = { ...course, subject: subject!.toUpperCase(), ...(level > 0 && { level }), credits: Number(credit ?? 0) };
  return { receiver, grant, hasCredit: grant.credits > 0 };
}

function grantsOf(text: string, isReceiver: IsReceiver): Detail {
  const total = TOTAL.exec(text);
  const texts = (total ? text.slice(0, total.index) : text).split(AND);
  const parts = texts.map(partOf);
  const odd = parts.indexOf(undefined);
  if (odd >= 0) return unclear('DETAIL_UNCLEAR', `"${texts[odd]}" is no course and no credit of a subject.`, 'Write it as "HIST 125 (3)" or "HIST 1XX (3)".');
  const known = parts as readonly Part[];
  const other = known.find(({ receiver }) => receiver !== undefined && !isReceiver(receiver));
  if (other) return OTHER_RECEIVER(other.receiver!.toUpperCase());
  const grants = known.map(({ grant }) => grant);
  if (known.some(({ hasCredit }) => !hasCredit))
    return unclear('CREDIT_MISSING', 'It does not say how many credits each of these is.', 'Write the credits behind each, such as "HIST 125 (3)".');
  const sum = grants.reduce((credits, grant) => credits + Math.round(grant.credits * 100), 0) / 100;
  if (total && Number(total[1]) !== sum)
    return unclear('TOTAL_DIFFERS', `The parts have ${sum} credits together, and the total says ${total[1]}.`, 'Ask the receiver which of them holds.');
  const named = grants.flatMap(({ course }) => course ?? []);
  if (new Set(named).size < named.length) return unclear('DETAIL_UNCLEAR', 'It names a course twice.', 'Name each course once.');
  if (named.length > 0 && named.length < grants.length)
    return unclear('MIXED_KINDS', 'It gives courses, and credit without a course beside them.', 'List it by hand as a block, or as one of the two.');
  return { kind: named.length > 0 ? 'COURSES' : 'SUBJECT_CREDIT', grants };
}

/**
 * Classifies the detail of a row. `isReceiver` says whether a name before a course is the receiver of the row. What is not certain is UNCLEAR,
 * with the reason: a choice between courses, credits that are not said or do not add up, anything in words that are not known here.
 */
export function classifyDetail(detail: string, isReceiver: IsReceiver): Detail {
  const text = detail.replace(/\.$/, '').trim();
  if (NO_CREDIT.test(text)) return { kind: 'NO_CREDIT' };
  if (ASSESSMENT.test(text)) return { kind: 'INDIVIDUAL_ASSESSMENT' };
  if (CHOICE.test(text))
    return unclear('ALTERNATIVES', 'It leaves a choice, and does not say who chooses.', 'List one agreement for the choice that the receiver confirms.');
  const exempt = EXEMPT.exec(text)?.[1];
  if (exempt !== undefined) return exemptionOf(exempt, isReceiver);
  if (/\bexempt/i.test(text))
    return unclear('MIXED_KINDS', 'It gives credit, and an exemption beside it.', 'List it by hand: credit and the waived requirement in one agreement.');
  return grantsOf(text, isReceiver);
}
