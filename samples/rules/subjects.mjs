/** What the demonstration's micro-credentials teach, and which institutions teach it too. */
import { readJson } from './fixed.mjs';

const { subjects, teaches } = readJson('facts/recognition.json');
const patterns = subjects.map(({ code, words }) => [code, new RegExp(words, 'i')]);
const CODED = /^([A-Z]{4}) ([1-9])\d\d$/;

export const nameOf = (code) => subjects.find((subject) => subject.code === code).name;
export const subjectsOf = (institution) => teaches[institution];
export const titleOf = ({ definition }) => definition.name['en-CA'];
export const isOfCredit = ({ definition }) => definition.isNonCredit === false;
export const creditsOf = ({ definition }) => definition.creditValue?.value ?? 0;

/** The code of its subject: by its own code where it has one of these, otherwise by the first words that fit its title. */
export function subjectOf(record) {
  const own = CODED.exec(record.definition.codedNotation ?? '')?.[1];
  return subjects.some(({ code }) => code === own) ? own : patterns.find(([, words]) => words.test(titleOf(record)))?.[0];
}

export function levelOf(record) {
  const digit = CODED.exec(record.definition.codedNotation ?? '')?.[2];
  if (digit) return Number(digit) * 100;
  return /advanced|practitioner|professional specialization|\bII\b/i.test(titleOf(record)) ? 200 : 100;
}
