import { whereNotJson } from './json-syntax.ts';

/** Why a text is not acceptable as JSON, and where. The message never repeats the text: it may be personal. */
export class StrictJsonError extends SyntaxError {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(`${message} (at character ${offset + 1})`);
    this.name = 'StrictJsonError';
    this.offset = offset;
  }
}

const MAX_DEPTH = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether the quote at `at` is part of the string that opened before: an odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}

/** The offset just after the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) if (!isEscaped(text, at)) return at + 1;
  throw new StrictJsonError('A string does not end', start);
}

/** The members of one open object; a list has none. */
interface Frame {
  readonly keys: Set<string> | undefined;
  expectsKey: boolean;
}

/** A member's name without its escapes; undefined when an escape is wrong, which the parser will say. */
function memberName(raw: string): string | undefined {
  if (!raw.includes('\\')) return raw;
  const quoted = `"${raw}"`;
  return whereNotJson(quoted) === undefined ? (JSON.parse(quoted) as string) : undefined;
}

function noteKey(frame: Frame, raw: string, offset: number): void {
  const key = memberName(raw);
  frame.expectsKey = false;
  if (key === undefined) return;
  if (key === '__proto__') throw new StrictJsonError('The member name "__proto__" is not allowed', offset);
  if (frame.keys!.has(key)) throw new StrictJsonError('An object has the same member twice', offset);
  frame.keys!.add(key);
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const belongsToNumber = (unit: number): boolean => isDigit(unit) || unit === 0x2e || unit === 0x2b || unit === 0x2d || unit === 0x65 || unit === 0x45;

/** The offset just after the number whose digits begin at `start`, once it is known to be at most `largest`. */
function endOfNumber(text: string, start: number, largest: number): number {
  let end = start + 1;
  while (belongsToNumber(text.charCodeAt(end))) end += 1;
  if (Number(text.slice(start, end)) > largest) throw new StrictJsonError('A number is too large', text[start - 1] === '-' ? start - 1 : start);
  return end;
}

/** Half a surrogate pair, as it stands or as escapes, has no UTF-8 and no canonical form. */
function checkPairs(raw: string, offset: number): void {
  const name = raw.includes('\\u') ? memberName(raw) : raw;
  if (name !== undefined && !name.isWellFormed()) throw new StrictJsonError('A string has half a surrogate pair', offset);
}

/** Walks the tokens once: members that appear twice, `__proto__`, nesting beyond 32 levels and endless numbers are refused. */
function checkStructure(text: string, portable: boolean): void {
  const largest = portable ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  const open: Frame[] = [];
  let frame: Frame | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      if (portable) checkPairs(text.slice(at + 1, end - 1), at);
      if (frame?.expectsKey) noteKey(frame, text.slice(at + 1, end - 1), at);
      at = end - 1;
    } else if (unit === 0x7b || unit === 0x5b) {
      if (open.length === MAX_DEPTH) throw new StrictJsonError(`Nesting is deeper than ${MAX_DEPTH} levels`, at);
      frame = unit === 0x7b ? { keys: new Set(), expectsKey: true } : { keys: undefined, expectsKey: false };
      open.push(frame);
    } else if (unit === 0x7d || unit === 0x5d) {
      open.pop();
      frame = open.at(-1);
    } else if (unit === 0x2c) {
      if (frame?.keys) frame.expectsKey = true;
    } else if (isDigit(unit)) at = endOfNumber(text, at, largest) - 1;
  }
}

/**
 * Parses JSON and refuses what parsers disagree about: a member twice, `__proto__`, more than 32 levels,
 * numbers beyond the doubles. Numbers, strings and escapes are otherwise JSON's own. `portable` is for what is signed,
 * and also refuses numbers beyond 2^53 - 1 and half a surrogate pair: not every reader, and no canonical form, keeps them.
 * @throws StrictJsonError with the offset of the first fault.
 */
export function parseStrictJson(text: string, { portable = false }: { readonly portable?: boolean } = {}): unknown {
  checkStructure(text, portable);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new StrictJsonError('This is not JSON', whereNotJson(text) ?? 0);
  }
}
