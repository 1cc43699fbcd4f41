/** What the receiver of agreements gives today: what a credential of it can ask for so that it can be completed. */
import { creditsOf, nameOf, subjectOf, subjectsOf } from './subjects.mjs';

const TODAY = '2026-11-01';
const isCurrent = ({ startDate, endDate }) => startDate <= TODAY && endDate === undefined;
const sum = (numbers) => numbers.reduce((left, right) => left + right, 0);
/** The larger part of what there is, in half credits: leaves a choice. */
export const share = (credits, part) => Math.max(0.5, Math.floor(credits * part * 2) / 2);

export function offerAt(institution, catalogue, agreements) {
  const own = catalogue.filter(({ ownedBy }) => ownedBy === institution.code);
  const current = agreements.filter((agreement) => agreement.receiver === institution.code && isCurrent(agreement));
  const grants = current.filter(({ kind }) => kind === 'ASSIGNED').flatMap((agreement) => agreement.grants);
  const inCourses = new Set(current.filter(({ kind }) => kind !== 'UNASSIGNED').flatMap(({ from }) => from.map(({ microCredential }) => microCredential)));
  const unassigned = current.filter(({ kind, from }) => kind === 'UNASSIGNED' && !from.some(({ microCredential }) => inCourses.has(microCredential)));
  return {
    institution,
    own,
    ownCredit: own.filter((record) => creditsOf(record) > 0),
    subjects: subjectsOf(institution.code),
    /** Codes of courses of a subject, those that most agreements lead to first. */
    courses: (subject) => {
      const codes = grants.filter((grant) => grant.subject === nameOf(subject)).map((grant) => grant.course);
      const times = (code) => codes.filter((other) => other === code).length;
      return [...new Set(codes)].sort((left, right) => times(right) - times(left) || (left < right ? -1 : 1));
    },
    /** Credit of a subject without a course, from all programs together. */
    credits: (...subjects) => sum(unassigned.flatMap((agreement) => agreement.grants.filter(({ subject }) => subjects.some((code) => nameOf(code) === subject))).map((grant) => grant.credits)),
    upperCredits: sum(grants.filter(({ level }) => level >= 200).map((grant) => grant.credits)),
    ownIn: (subject) => own.filter((record) => subjectOf(record) === subject),
  };
}
