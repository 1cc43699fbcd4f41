import type { Recognition as PublicRecognition, Recognitions, WhyNotCode } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import { type AgreementAnswer, type Completion, type PathwayEngine, type Reason, type Situation, textOfDay } from '@mcr/pathway-engine';
import type { z } from 'zod';
import { type Settled, basisOf, situationOf } from './asked.ts';
import { publicGrant } from './public-grant.ts';
import { reasonInWords } from './why-not/reason-in-words.ts';

export type Recognition = z.infer<typeof PublicRecognition>;
type ReasonGiven = Recognition['reasons'][number];

/** A grade that nobody told is a question, not a "no"; what an agreement recorded later took is superseded. */
function codeOf(reason: Reason): WhyNotCode {
  if (reason.code === 'GRADE_BELOW_MIN' && reason.have === undefined) return 'CONDITION_UNMET';
  return reason.code === 'LOST_CONFLICT_TO' && reason.key === 'RECORDED_LATER' ? 'SUPERSEDED_BY' : reason.code;
}

function given(reason: Reason): ReasonGiven {
  const lost = reason.code === 'LOST_CONFLICT_TO' && { agreement: reason.agreement, key: reason.key };
  return { code: codeOf(reason), message: reasonInWords(reason), ...lost };
}

/** Only somebody's word is missing: that of an assessor, or what a grade was. */
const isAQuestion = (reason: Reason): boolean => reason.code === 'INDIVIDUAL_ASSESSMENT' || (reason.code === 'GRADE_BELOW_MIN' && reason.have === undefined);

function recognitionBy({ agreement, outcome, grants, reasons }: AgreementAnswer, held: readonly Completion[]): Recognition {
  const { id, kind, receiver, validFrom, validUntil, from } = agreement;
  const concerned = held.filter(({ microCredential }) => from.some((thing) => thing.microCredential === microCredential));
  const applies: ReasonGiven = { code: 'AGREEMENT_APPLIES', message: 'Everything that the agreement asks for is held.' };
  return {
    receivingOrganization: receiver,
    agreement: {
      ctid: id,
      kind,
      startDate: textOfDay(validFrom),
      ...(validUntil !== null && { endDate: textOfDay(validUntil - 1) }),
    },
    microCredentials: [...new Set(concerned.map(({ microCredential }) => microCredential))].sort(),
    status: outcome === 'COUNTS' ? 'GUARANTEED' : reasons.every(isAQuestion) ? 'INDIVIDUAL_ASSESSMENT' : 'NOT_APPLICABLE',
    grants: grants.map(publicGrant),
    reasons: outcome === 'COUNTS' ? [applies] : reasons.map(given),
  };
}

const withoutAgreement = (microCredential: string): Recognition => ({
  microCredentials: [microCredential],
  status: 'INDIVIDUAL_ASSESSMENT',
  grants: [],
  reasons: [{ code: 'NO_AGREEMENT', message: `No agreement covers ${microCredential}; a receiving institution may assess it.` }],
});

const isTakenBack = ({ status }: Completion): boolean => status === 'REVOKED' || status === 'SUSPENDED';

/** Of a micro-credential of which nothing is left: nobody needs to assess it, whatever agreement there is. */
function takenBack(microCredential: string, held: readonly Completion[]): Recognition {
  const code = held.some((one) => one.microCredential === microCredential && one.status === 'SUSPENDED') ? 'SUSPENDED' : 'REVOKED';
  const message = `The award of ${microCredential} ${code === 'REVOKED' ? 'was revoked' : 'is suspended'}.`;
  return { microCredentials: [microCredential], status: 'NOT_APPLICABLE', grants: [], reasons: [{ code, message }] };
}

const completedLater = (microCredential: string, completedOn: string, asOf: string): Recognition => ({
  microCredentials: [microCredential],
  status: 'NOT_APPLICABLE',
  grants: [],
  reasons: [{ code: 'NOT_YET_EFFECTIVE', message: `${microCredential} was completed on ${completedOn}, after ${asOf}.` }],
});

const STATUSES: readonly Recognition['status'][] = ['GUARANTEED', 'INDIVIDUAL_ASSESSMENT', 'NOT_APPLICABLE'];

/** Sorts after every CTID and kind, so that a row without an agreement comes last of its status. */
const LAST = '\uFFFF';

const sortKey = ({ status, receivingOrganization, agreement, microCredentials }: Recognition): string =>
  [STATUSES.indexOf(status), receivingOrganization ?? LAST, agreement?.kind ?? LAST, agreement?.ctid ?? LAST, ...microCredentials].join(' ');

/** One answer for each agreement that begins from anything held, and one for each held micro-credential that none begins from. */
export function recognise(engine: PathwayEngine, situation: Situation): Recognition[] {
  const { held, asOf } = situation;
  const answers = engine.countsFor(situation).flatMap((receiver) => receiver.answers.map((answer) => recognitionBy(answer, held)));
  const others = [...Map.groupBy(held, ({ microCredential }) => microCredential)].flatMap(([microCredential, completions]): Recognition[] => {
    const usable = completions.filter((one) => !isTakenBack(one));
    if (usable.length === 0) return [takenBack(microCredential, completions)];
    if (engine.graph.edgesOf(engine.graph.unit(microCredential)).length === 0) return [withoutAgreement(microCredential)];
    const first = Math.min(...usable.map(({ completedOn }) => completedOn));
    return first > asOf ? [completedLater(microCredential, textOfDay(first), textOfDay(asOf))] : [];
  });
  const all = [...answers, ...others];
  const keyed = all.map((answer) => ({ answer, key: sortKey(answer) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key))).map(({ answer }) => answer);
}

/** The day that counts where none is given: what will only be completed is answered for as if it were, so the day of the last completion if it is later. */
export const dayOfRecognitions = (held: readonly { readonly completedOn: string }[], today: string): string =>
  held.reduce((last, { completedOn }) => (completedOn > last ? completedOn : last), today);

/** What held micro-credentials count for elsewhere, in public units. */
export function recognitionsAnswer(
  engine: PathwayEngine,
  question: Settled<InputOf<typeof Recognitions>>,
): Omit<OutputOf<typeof Recognitions>, 'graphVersion'> {
  return { recognitions: recognise(engine, situationOf(question)), ...basisOf(question) };
}
