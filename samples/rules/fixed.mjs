/** What the scripts in samples/ have in common: everything they make follows from text alone, so that it is the same every time. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

export const hash = (text) => createHash('sha256').update(text).digest();

/** A CTID that depends on the text alone, in the shape of a version 4 UUID. */
export function ctidOf(text) {
  const bytes = hash(text).subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `ce-${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The choice that a title makes among the options, always the same for one question. */
export const pick = (title, question, options) => options[hash(`${question}:${title}`).readUInt32BE() % options.length];

const isNothing = (value) => value === undefined || value === null || (Array.isArray(value) && value.length === 0);
export const given = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => !isNothing(value)));

/** A file of samples/. */
export const at = (path) => new URL(`../${path}`, import.meta.url);
export const readJson = (path) => JSON.parse(readFileSync(at(path), 'utf8'));

/** Writes what a script made; with `--check` on the command line it only compares, and the process ends with 1 when it differs. */
export function writeOrCheck(path, text, script) {
  if (!process.argv.includes('--check')) writeFileSync(at(path), text);
  else if (readFileSync(at(path), 'utf8') !== text) {
    console.error(`samples/${path} is not what samples/${script} makes. Run it without --check.`);
    process.exitCode = 1;
  }
}
