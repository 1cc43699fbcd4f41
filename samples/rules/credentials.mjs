/** The invented credentials of the demonstration: a certificate of every institution, some diplomas and degrees. They ask for less than there is. */
import { ctidOf, pick } from './fixed.mjs';
import { share } from './offer.mjs';
import * as ask from './requirements.mjs';
import { creditsOf, nameOf, titleOf } from './subjects.mjs';

const DIPLOMAS = ['BCIT', 'VIU', 'CAMO', 'NIC', 'OC', 'SFU', 'KPU', 'SELK'];
const DEGREES = ['TRU', 'UBC', 'UNBC', 'UVIC'];
/** Whose diploma may share no more than half of its credit with their certificate. */
const HALF_SHARED = ['NIC'];

/** Grants carry the subject's name, programs their code. */
const of = (...subjects) => ({ subjects: subjects.flatMap((code) => [nameOf(code), code]) });
const idOf = (code) => `course-${code.slice('DEMO '.length).replace(' ', '-').toLowerCase()}`;
const courseLeaves = (offer, subject, most) => offer.courses(subject).slice(0, most).map((code) => ask.course(idOf(code), code));
const ownLeaves = (records) => records.map((record, index) => ask.held(`own-${index + 1}`, record.ctid));
const bySupply = (offer) => offer.subjects.toSorted((left, right) => offer.credits(right) - offer.credits(left) || (left < right ? -1 : 1));

/** Some of the courses of its subjects, its main ones first, credit of the subjects, and a program of its own or a course. */
function ofCourses(offer) {
  const courses = offer.subjects.flatMap((subject) => courseLeaves(offer, subject, 3)).slice(0, 5);
  const [main, also] = bySupply(offer);
  return {
    requirement: ask.all(
      'certificate',
      ask.kOf('courses', Math.ceil(courses.length / 2), ...courses),
      ask.credits('subject-credit', share(offer.credits(main, also), 0.5), of(main, also)),
      ask.any('practice', ...ownLeaves(offer.ownCredit), ask.manual('portfolio', 'A portfolio of practice, read by the department.')),
    ),
    limits: [],
  };
}

/** Credit of at least two of three areas, of which no more than a part is from programs at a first level. */
function ofAreas(offer) {
  const areas = bySupply(offer).slice(0, 3).filter((subject) => offer.credits(subject) > 0);
  const each = share(Math.min(...areas.map((subject) => offer.credits(subject))), 0.6);
  const listed = areas.map((subject) => ({ id: `area-${subject.toLowerCase()}`, title: nameOf(subject), from: of(subject) }));
  const min = Math.min(2, areas.length);
  return {
    requirement: ask.all(
      'certificate',
      ask.sections('areas', { min, most: areas.length, each, total: each * min }, listed),
      ask.any('core', ...courseLeaves(offer, offer.subjects[0], 2), ...ownLeaves(offer.ownCredit)),
    ),
    limits: [{ id: 'total', limit: 'TOTAL', min: each * min + 0.5 }],
  };
}

/** Mostly its own programs, each shown by itself, and something of two subjects. */
function ofOwn(offer) {
  const own = offer.own.slice(0, 5);
  const subjects = bySupply(offer).slice(0, 3);
  return {
    kind: 'STACK',
    requirement: ask.all(
      'certificate',
      ask.kOf('own', Math.ceil(own.length / 2), ...ownLeaves(own)),
      ask.distinct('breadth', 'SUBJECT', 2, of(...subjects)),
      ask.ifDeclared('experience', 'WORKS_IN_THE_FIELD', ask.manual('letter', 'A letter of the employer.'), ask.count('further', 1, of(...subjects))),
    ),
    limits: [],
    sharing: { maxUses: 2, together: [['breadth', 'further']] },
  };
}

function diploma(offer) {
  const subjects = bySupply(offer).slice(0, 3);
  const courses = subjects.flatMap((subject) => courseLeaves(offer, subject, 2));
  const need = share(offer.credits(...subjects), 0.4);
  return {
    requirement: ask.all(
      'diploma',
      ...(courses.length > 1 ? [ask.kOf('courses', Math.floor(courses.length / 2), ...courses)] : courses),
      ask.atMost('introductions', share(need, 0.6), { ...of(subjects[0]), maxLevel: 199 }, ask.credits('electives', share(need, 0.8), of(...subjects))),
      ask.any('own', ...ownLeaves(offer.ownCredit)),
      ask.ifDeclared('term', 'CO_OP', ask.manual('work-term', 'A work term, approved by the co-operative education office.'), ask.count('project', 1, of(...offer.subjects))),
    ),
    limits: [
      { id: 'residency', limit: 'RESIDENCY', min: creditsOf(offer.ownCredit[0]) },
      { id: 'total', limit: 'TOTAL', min: need },
    ],
  };
}

function degree(offer) {
  const subjects = bySupply(offer).slice(0, 4).filter((subject) => offer.credits(subject) > 0);
  const each = share(Math.min(...subjects.map((subject) => offer.credits(subject))), 0.5);
  const listed = subjects.map((subject) => ({ id: `area-${subject.toLowerCase()}`, title: nameOf(subject), from: { ...of(subject), maxLevel: 199 } }));
  const upper = Math.min(6, share(offer.upperCredits, 0.4));
  const residency = creditsOf(offer.ownCredit[0]);
  return {
    requirement: ask.all(
      'degree',
      ask.sections('first-year', { min: Math.min(2, subjects.length), most: 3, each, total: each * 2 }, listed),
      ask.credits('upper', upper, { minLevel: 200, ...of(...offer.subjects) }),
      ask.credits('own', residency, { issuers: [offer.institution.ctid] }),
      ask.manual('capstone', 'A capstone project, judged by two members of the faculty.'),
    ),
    limits: [
      { id: 'residency', limit: 'RESIDENCY', min: residency },
      { id: 'level', limit: 'LEVEL', min: upper, level: 200 },
      { id: 'grade', limit: 'GPA', min: 60 },
      { id: 'assessed', limit: 'CAP', bucket: 'PLAR', max: 6 },
      { id: 'total', limit: 'TOTAL', min: each * 2 + upper + residency },
    ],
  };
}

const about = (offer) => nameOf(offer.subjects[0]);

function credential(offer, title, destinationType, { kind = 'LADDER', ...terms }) {
  const name = `Invented Example: ${title}`;
  const { code } = offer.institution;
  return { ctid: ctidOf(`pathway:${code}:${name}`), invented: true, ownedBy: code, name: { 'en-CA': name }, kind, destinationType, startDate: '2025-09-01', ...terms };
}

/** No more than half of the credit of a second credential may have counted for the first. */
const halfSharedWith = (first, terms) => ({ ...terms, sharing: { maxUses: 1, across: [{ with: first.ctid, percent: 50 }] } });

/** Every credential that the rules make for an institution. What names another one comes after it. */
export function credentialsOf(offer) {
  const { code } = offer.institution;
  const hasAreas = offer.subjects.filter((subject) => offer.credits(subject) > 0).length >= 2;
  const forms = [ofCourses, ...(hasAreas ? [ofAreas] : []), ...(offer.own.length >= 4 ? [ofOwn] : [])];
  const form = pick(code, 'certificate', forms);
  const certificate = credential(offer, `Certificate in ${about(offer)}`, 'CERTIFICATE', form(offer));
  const ofDiploma = () => (HALF_SHARED.includes(code) ? halfSharedWith(certificate, diploma(offer)) : diploma(offer));
  return [
    certificate,
    ...(DIPLOMAS.includes(code) ? [credential(offer, `Diploma in ${about(offer)}`, 'DIPLOMA', ofDiploma())] : []),
    ...(DEGREES.includes(code) ? [credential(offer, `Degree in ${about(offer)}`, 'DEGREE', degree(offer))] : []),
  ];
}

/** A designed credential: its programs stand as "CODE: title" until they are looked up here. */
export function designedCredential({ ownedBy, name, source, ...terms }, catalogue) {
  const ctids = new Map(catalogue.map((record) => [`${record.ownedBy}: ${titleOf(record)}`, record.ctid]));
  const named = (value) => {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value === 'string') return value.replace(/^[A-Z]{2,6}: .+$/, (text) => ctids.get(text) ?? text);
    return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, named(member)])) : value;
  };
  const origin = source ? { source } : { invented: true };
  return { ctid: ctidOf(`pathway:${ownedBy}:${name['en-CA']}`), ...origin, ownedBy, name, ...named(terms) };
}
