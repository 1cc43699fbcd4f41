/** Agreements of the other seven kinds, where no agreement of the first three was made. Some waive requirements, so the pathways must be there. */
import { agreement, coursesFor, courseOf, halves, isOngoing } from './agreements.mjs';
import { pick } from './fixed.mjs';
import { creditsOf, isOfCredit, levelOf, nameOf, subjectOf, subjectsOf, titleOf } from './subjects.mjs';

const ADMITTED = { declares: 'ADMITTED', text: 'Admitted to a program of the receiver' };
const FOR_CREDIT = ['CONDITIONAL', 'INDIVIDUAL_ASSESSMENT', 'NO_CREDIT', 'PLAR'];
const WITHOUT_CREDIT = ['EXEMPTION', 'INDIVIDUAL_ASSESSMENT', ...Array(8).fill(undefined)];

const subjectCredit = (record, credits) => ({ subject: nameOf(subjectOf(record)), level: levelOf(record), credits });
const about = (receiver, record) => ({ receiver, records: [record] });

/** A leaf that somebody could be exempt from: a course of one of the receiver's pathways. */
function courseLeafOf(pathways, subject) {
  const leaves = pathways.flatMap(({ requirement }) => requirement.of.flatMap(({ of = [] }) => of)).filter(({ node }) => node === 'COURSE');
  return leaves.find(({ course }) => course.includes(` ${subject} `)) ?? leaves[0];
}

const makers = {
  CONDITIONAL: (receiver, record) =>
    agreement({ ...about(receiver, record), kind: 'CONDITIONAL', grants: coursesFor(receiver, subjectOf(record), record), conditions: [ADMITTED] }),
  // What could be given is said; it never counts by itself.
  INDIVIDUAL_ASSESSMENT: (receiver, record) =>
    agreement({ ...about(receiver, record), kind: 'INDIVIDUAL_ASSESSMENT', grants: [subjectCredit(record, halves(record.definition.totalHours / 30))] }),
  NO_CREDIT: (receiver, record) => agreement({ ...about(receiver, record), kind: 'NO_CREDIT', grants: [] }),
  PLAR: (receiver, record) =>
    agreement({ ...about(receiver, record), kind: 'PLAR', grants: [subjectCredit(record, creditsOf(record))], capBucket: 'PLAR', maxAgeMonths: 60 }),
  EXEMPTION: (receiver, record, pathways) => {
    const leaf = courseLeafOf(pathways, subjectOf(record));
    return leaf && agreement({ ...about(receiver, record), kind: 'EXEMPTION', grants: [{ ...subjectCredit(record, 0), waives: leaf.id }], requiresUnexpired: true });
  },
};

function otherwise(receiver, record, pathways) {
  const kind = pick(titleOf(record), `${receiver} otherwise`, isOfCredit(record) ? FOR_CREDIT : WITHOUT_CREDIT);
  return kind && makers[kind](receiver, record, pathways);
}

/** Its own programs with credit count for a course of its own; only towards its certificate, where there is more than one pathway. */
function stackOf(record, pathways) {
  const receiver = record.ownedBy;
  const subject = subjectOf(record);
  const [certificate] = pathways.filter(({ destinationType, source }) => destinationType === 'CERTIFICATE' && !source);
  const course = { course: courseOf(subject, levelOf(record), 90), ...subjectCredit(record, creditsOf(record)) };
  const programScope = pathways.length > 1 && certificate ? [certificate.ctid] : undefined;
  return agreement({ ...about(receiver, record), kind: 'STACK', grants: [course], programScope });
}

/** All of the wildfire programs with credit together: so much credit, and the courses of the receiver's certificate count as met. */
function blockOf(receiver, records, pathways) {
  const [first] = records;
  const leaf = courseLeafOf(pathways, subjectOf(first));
  const grants = [subjectCredit(first, 12), ...(leaf ? [{ ...subjectCredit(first, 0), waives: leaf.id }] : [])];
  return agreement({ kind: 'BLOCK', receiver, records, grants, evidenceUrl: 'https://example.org/evaluations/wildfire', exclusiveGroup: 'WILDFIRE' });
}

/** Where a better grade gives a better course, the two are told apart by their grades. */
function byGrade(receiver, record, made) {
  const [lesser] = coursesFor(receiver, subjectOf(record), record);
  const better = { ...lesser, course: `${lesser.course}H`, level: lesser.level + 100 };
  const { from, grants, ...terms } = made;
  const [item] = from;
  return [
    { ...terms, from: [{ ...item, minGrade: item.minGrade ?? 50, maxGrade: 84 }], grants },
    { ...agreement({ ...about(receiver, record), kind: 'ASSIGNED', variant: ' with honours', grants: [better] }), from: [{ microCredential: record.ctid, minGrade: 85 }], startDate: terms.startDate },
  ];
}

/** One receiver gives the newer of two courses, and says so by a priority; the other one loses. */
const preferred = (receiver, record) =>
  agreement({ ...about(receiver, record), kind: 'ASSIGNED', variant: ' preferred', priority: 10, grants: [{ ...coursesFor(receiver, subjectOf(record), record)[0], course: courseOf(subjectOf(record), levelOf(record), 60) }] });

const PREFERRED = ['BCIT', 'VIU', 'UFV', 'CAMO', 'NIC'];
const BY_GRADE = ['UBC', 'SFU', 'KPU', 'LANG', 'OC'];

/** The first agreement of the receiver for a course of one program, without a last day. */
const firstCourse = (receiver, agreements) =>
  agreements.find((made) => made.receiver === receiver && made.kind === 'ASSIGNED' && !made.endDate && made.startDate < '2026' && made.grants.length === 1 && made.note.startsWith('Invented. Invented Example'));

/** All agreements: those that were made, with some told apart by grade, and those of the other kinds. */
export function withOtherKinds(made, { catalogue, institutions, pathways }) {
  const records = new Map(catalogue.map((record) => [record.ctid, record]));
  const said = new Set(made.flatMap(({ receiver, from }) => from.map(({ microCredential }) => `${receiver} ${microCredential}`)));
  const pathwaysAt = (code) => pathways.filter(({ ownedBy }) => ownedBy === code);
  const wildfire = catalogue.filter((record) => record.ownedBy === 'TRU' && subjectOf(record) === 'FIRE' && isOfCredit(record)).slice(0, 3);
  const graded = new Map(BY_GRADE.flatMap((receiver) => [firstCourse(receiver, made)].filter(Boolean)).map((one) => [one, byGrade(one.receiver, records.get(one.from[0].microCredential), one)]));
  const others = institutions.flatMap(({ code: receiver }) => {
    const unsaid = catalogue.filter((record) => record.ownedBy !== receiver && isOngoing(record) && subjectsOf(receiver).includes(subjectOf(record)) && !said.has(`${receiver} ${record.ctid}`));
    const best = PREFERRED.includes(receiver) ? firstCourse(receiver, made) : undefined;
    return [
      ...unsaid.map((record) => otherwise(receiver, record, pathwaysAt(receiver))).filter(Boolean),
      ...(best ? [preferred(receiver, records.get(best.from[0].microCredential))] : []),
      ...(subjectsOf(receiver).includes('FIRE') && receiver !== 'TRU' ? [blockOf(receiver, wildfire, pathwaysAt(receiver))] : []),
    ];
  });
  const stacks = catalogue.filter((record) => isOfCredit(record) && isOngoing(record)).map((record) => stackOf(record, pathwaysAt(record.ownedBy)));
  return [...made.flatMap((one) => graded.get(one) ?? [one]), ...others, ...stacks];
}
