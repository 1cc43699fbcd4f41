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
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The offset just after the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at += 1;
    else if (unit === QUOTE) return at + 1;
  }
  throw new StrictJsonError('A string does not end', start);
}

interface Frame {
  keys: Set<string> | undefined;
  expectsKey: boolean;
}

/** A member's name without its escapes; undefined when an escape is wrong, which the parser will say. */
function memberName(raw: string): string | undefined {
  if (!raw.includes('\\')) return raw.slice(1, -1);
  return whereNotJson(raw) === undefined ? (JSON.parse(raw) as string) : undefined;
}

function noteKey(frame: Frame, raw: string, offset: number): void {
  const key = memberName(raw);
  frame.expectsKey = false;
  if (key === undefined) return;
  if (key === '__proto__') throw new StrictJsonError('The member name "__proto__" is not allowed', offset);
  if (frame.keys!.has(key)) throw new StrictJsonError('An object has the same member twice', offset);
  frame.keys!.add(key);
}

/** The offset just after the number at `start`, once it is known to fit a double. */
function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start;
  const token = NUMBER.exec(text)?.[0];
  if (token === undefined) return start + 1;
  if (!Number.isFinite(Number(token))) throw new StrictJsonError('A number is too large', start);
  return start + token.length;
}

const beginsNumber = (unit: number): boolean => unit === 0x2d || (unit >= 0x30 && unit <= 0x39);

/** Walks the tokens once: members that appear twice, `__proto__`, nesting beyond 32 levels and endless numbers are refused. */
function checkStructure(text: string): void {
  const open: Frame[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      const frame = open.at(-1);
      if (frame?.expectsKey) noteKey(frame, text.slice(at, end), at);
      at = end - 1;
    } else if (unit === 0x7b || unit === 0x5b) {
      if (open.length === MAX_DEPTH) throw new StrictJsonError(`Nesting is deeper than ${MAX_DEPTH} levels`, at);
      open.push(unit === 0x7b ? { keys: new Set(), expectsKey: true } : { keys: undefined, expectsKey: false });
    } else if (unit === 0x7d || unit === 0x5d) open.pop();
    else if (unit === 0x2c) {
      const frame = open.at(-1);
      if (frame?.keys) frame.expectsKey = true;
    } else if (beginsNumber(unit)) at = endOfNumber(text, at) - 1;
  }
}

/**
 * Parses JSON and refuses what parsers disagree about: a member twice, `__proto__`, more than 32 levels,
 * numbers beyond the doubles. Numbers, strings and escapes are otherwise JSON's own.
 * @throws StrictJsonError with the offset of the first fault.
 */
export function parseStrictJson(text: string): unknown {
  checkStructure(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new StrictJsonError('This is not JSON', whereNotJson(text) ?? 0);
  }
}
