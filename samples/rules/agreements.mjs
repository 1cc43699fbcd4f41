/** Which agreements the demonstration has beside those that were thought out one by one in facts/agreements.json. All of them are invented. */
import { ctidOf, given, pick } from './fixed.mjs';
import { creditsOf, isOfCredit, levelOf, nameOf, subjectOf, subjectsOf, titleOf } from './subjects.mjs';

const NEXT_YEAR = '2027-01-01';
const ENDED = '2025-08-31';
/** Of a course at most so much; what carries more counts as several. */
const MOST_A_COURSE = 3;

export const isOngoing = ({ definition }) => definition.expirationDate === undefined;
export const courseOf = (subject, level, number) => `DEMO ${subject} ${level + number}`;
export const halves = (credits) => Math.max(0.5, Math.round(credits * 2) / 2);

/** So many courses of one level, of which the first is chosen by the title: two programs may count for the same course. */
export function coursesFor(receiver, subject, record) {
  const count = Math.ceil(creditsOf(record) / MOST_A_COURSE);
  const first = pick(titleOf(record), `${receiver} course`, [1, 2]);
  const level = levelOf(record);
  return Array.from({ length: count }, (_, index) => ({
    course: courseOf(subject, level, first + index),
    subject: nameOf(subject),
    level,
    credits: Math.min(MOST_A_COURSE, creditsOf(record) - index * MOST_A_COURSE),
  }));
}

/** Some have ended, some begin next year; the others hold from the day on which the first of these programs took effect. */
function termOf(key, records) {
  const startDate = records.map(({ definition }) => definition.dateEffective).sort().at(-1);
  const term = pick(key, 'term', ['ended', 'next', ...Array(14).fill('ongoing')]);
  if (term === 'next') return { startDate: NEXT_YEAR };
  return term === 'ended' && startDate < '2025-01-01' ? { startDate, endDate: ENDED } : { startDate };
}

export function agreement({ kind, receiver, records, grants, minGrade, note, variant = '', ...terms }) {
  const sender = records[0].ownedBy;
  const key = `${kind}${variant}:${receiver}:${records.map(({ ctid }) => ctid).join('+')}`;
  return given({
    ctid: ctidOf(`agreement:${key}`),
    invented: true,
    note: `Invented. ${note ?? records.map(titleOf).join(' + ')}`,
    sender,
    receiver,
    kind,
    from: records.map(({ ctid }) => given({ microCredential: ctid, minGrade })),
    grants,
    ...termOf(key, records),
    ...terms,
  });
}

/** Credit of a course for what carries credit, credit of the subject for some of the rest. */
function single(receiver, record) {
  const subject = subjectOf(record);
  const title = titleOf(record);
  const recognises = pick(title, `${receiver} recognises`, isOfCredit(record) ? [true, true, true, false] : [true, true, false, false, false]);
  if (!recognises) return undefined;
  if (isOfCredit(record)) {
    const minGrade = pick(title, `${receiver} grade`, [undefined, undefined, undefined, 60, 65, 70]);
    return agreement({ kind: 'ASSIGNED', receiver, records: [record], grants: coursesFor(receiver, subject, record), minGrade });
  }
  const credits = Math.min(3, halves(record.definition.totalHours / 30));
  return agreement({ kind: 'UNASSIGNED', receiver, records: [record], grants: [{ subject: nameOf(subject), level: levelOf(record), credits }] });
}

/** Some receivers list credit of the subject beside the course. It loses to the course, and answers say so. */
function blanket(receiver, record) {
  if (!isOfCredit(record) || pick(titleOf(record), `${receiver} blanket`, [true, ...Array(9).fill(false)]) === false) return undefined;
  const grants = [{ subject: nameOf(subjectOf(record)), level: 100, credits: halves(creditsOf(record) / 2) }];
  return agreement({ kind: 'UNASSIGNED', receiver, records: [record], grants, note: `${titleOf(record)}: credit of the subject, where no course is given` });
}

/** Two programs of one sender together count for one course more than each alone. */
function cluster(receiver, [one, other]) {
  const subject = subjectOf(one);
  const level = Math.max(levelOf(one), levelOf(other));
  const grants = [...coursesFor(receiver, subject, one), { course: courseOf(subject, level, 50), subject: nameOf(subject), level, credits: MOST_A_COURSE }];
  return agreement({ kind: 'CLUSTER', receiver, records: [one, other], grants });
}

/** The first two programs of one sender in a subject; more clusters of one sender would stand against each other. */
function pairsFor(receiver, known) {
  const bySender = new Map();
  for (const record of known.filter(isOfCredit)) {
    const key = `${record.ownedBy} ${subjectOf(record)}`;
    bySender.set(key, [...(bySender.get(key) ?? []), record]);
  }
  return [...bySender.values()].filter((records) => records.length >= 2).map((records) => cluster(receiver, records.slice(0, 2)));
}

/** Every agreement of these three kinds that the rules make, given those that there are: what those say of a program at a receiver stands alone. */
export function agreementsFor(catalogue, institutions, designed) {
  const said = new Set(designed.flatMap(({ receiver, from }) => from.map(({ microCredential }) => `${receiver} ${microCredential}`)));
  return institutions.flatMap(({ code: receiver }) => {
    const known = catalogue.filter(
      (record) =>
        record.ownedBy !== receiver && isOngoing(record) && subjectsOf(receiver).includes(subjectOf(record)) && !said.has(`${receiver} ${record.ctid}`),
    );
    return [
      ...known.flatMap((record) => [single(receiver, record), blanket(receiver, record)]).filter((made) => made !== undefined),
      ...pairsFor(receiver, known),
    ];
  });
}
