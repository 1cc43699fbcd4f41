import type { RevocationReason, RevokeAward, SubmitAward } from '@mcr/contracts';
import type { z } from 'zod';
import type { SampleMicroCredential } from '../samples.ts';
import { lastAwardDay, somewhereBetween, yearsLater } from './calendar.ts';
import { EVERY_NTH_IS_MOBILE, identifiersAt, syntheticLearner } from './learners.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

export interface PlannedAward {
  readonly institution: string;
  readonly submit: z.input<typeof SubmitAward>;
  /** Sent after it, as the second revision. */
  readonly revoke?: z.input<typeof RevokeAward>;
}

const LEARNERS_AT_EACH = 100;
/** Numbers below are left to the files in samples/awards and to people who try things out. */
const FIRST_NUMBER = 100_001;
const EVERY_NTH_IS_REVOKED = 200;
const REASONS: readonly z.infer<typeof RevocationReason>[] = ['ISSUED_IN_ERROR', 'DATA_CORRECTION', 'ACADEMIC_INTEGRITY', 'LEARNER_REQUEST'];

/** What these teach must be shown again after two years, so older awards of them have expired. */
const RENEWED = new Set(['Foot Care Nursing', 'Electric Vehicle Maintenance Training', 'BC Wildfire Essentials', 'Invented Example: Incident Log Keeping']);

/** How many awards each institution gets: more to those that offer more, and exactly `total` together. */
export function quotas(institutions: readonly string[], catalogue: readonly SampleMicroCredential[], total: number): Map<string, number> {
  const weights = institutions.map((code) => 4 + catalogue.filter(({ offeredBy }) => offeredBy.includes(code)).length);
  const sum = weights.reduce((left, right) => left + right, 0);
  const counts = weights.map((weight) => Math.floor((total * weight) / sum));
  const rest = total - counts.reduce((left, right) => left + right, 0);
  return new Map(institutions.map((code, index) => [code, counts[index]! + (index < rest ? 1 : 0)]));
}

/** Mostly one of the institution's own learners, sometimes one who studies elsewhere too; never the same one twice for a micro-credential. */
function chooseLearner(random: SeededRandom, home: number, homes: number, taken: Set<string>, ctid: string): number {
  for (;;) {
    const own = random.below(LEARNERS_AT_EACH) * homes + home;
    const mobile = random.below((LEARNERS_AT_EACH * homes) / EVERY_NTH_IS_MOBILE) * EVERY_NTH_IS_MOBILE;
    const number = random.fraction() < 0.2 ? mobile : own;
    const key = `${number}:${ctid}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return number;
  }
}

type Draft = Omit<z.input<typeof SubmitAward>, 'sourceAwardId'>;

function draftAward(random: SeededRandom, institution: string, micro: SampleMicroCredential, learner: number, lastDay: string): Draft | undefined {
  const { definition } = micro;
  const { dateEffective, expirationDate = lastDay } = definition;
  const awardedDate = somewhereBetween(dateEffective, expirationDate < lastDay ? expirationDate : lastDay, random.fraction());
  const method = definition.purpose === 'ASSESSMENT_ONLY' ? 'ASSESSMENT_ONLY' : random.fraction() < 0.08 ? 'PLAR' : 'INSTRUCTION';
  const listsCompetencies = random.fraction() < 0.25;
  if (awardedDate === undefined) return undefined;
  return {
    revision: 1,
    microCredentialCtid: micro.ctid,
    awardedDate,
    ...(RENEWED.has(definition.name['en-CA']) ? { validUntil: `${yearsLater(awardedDate, 2)}T00:00:00-08:00` } : {}),
    learner: { identifiers: identifiersAt(institution, syntheticLearner(learner)) },
    method,
    ...(definition.creditValue ? { creditsEarned: definition.creditValue.value } : {}),
    ...(definition.totalHours === undefined ? {} : { hoursCompleted: definition.totalHours }),
    ...(listsCompetencies ? { competenciesDemonstrated: definition.competencies.map(({ ctid }) => ctid) } : {}),
  };
}

function awardsOf(
  institution: string,
  home: number,
  homes: number,
  count: number,
  catalogue: readonly SampleMicroCredential[],
  lastDay: string,
): PlannedAward[] {
  const offered = catalogue.filter(({ offeredBy }) => offeredBy.includes(institution));
  if (offered.length === 0) return [];
  const random = seededRandom(`awards of ${institution}`);
  const taken = new Set<string>();
  const drafts: Draft[] = [];
  for (let index = 0; index < count; index += 1) {
    const micro = offered[index % offered.length]!;
    const draft = draftAward(random, institution, micro, chooseLearner(random, home, homes, taken, micro.ctid), lastDay);
    if (draft) drafts.push(draft);
  }
  drafts.sort((left, right) => (left.awardedDate < right.awardedDate ? -1 : left.awardedDate > right.awardedDate ? 1 : 0));
  return drafts.map((draft, index) => ({
    institution,
    submit: { sourceAwardId: `${institution}-${draft.awardedDate.slice(0, 4)}-${FIRST_NUMBER + index}`, ...draft },
  }));
}

/**
 * The awards of the demonstration: `total` of them over all institutions and years, the same every time.
 * Only a machine whose clock stands before the catalogue's dates gets fewer.
 */
export function planAwards(institutions: readonly string[], catalogue: readonly SampleMicroCredential[], today: string, total = 3000): PlannedAward[] {
  const counts = quotas(institutions, catalogue, total);
  const awards = institutions.flatMap((code, home) => awardsOf(code, home, institutions.length, counts.get(code)!, catalogue, lastAwardDay(today)));
  return awards.map((award, index) => {
    if (index % EVERY_NTH_IS_REVOKED !== EVERY_NTH_IS_REVOKED - 1) return award;
    const reasonCode = REASONS[Math.floor(index / EVERY_NTH_IS_REVOKED) % REASONS.length]!;
    return { ...award, revoke: { sourceAwardId: award.submit.sourceAwardId, revision: 2, reasonCode } };
  });
}
