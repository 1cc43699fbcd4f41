/** Why a text is not acceptable as JSON, and where. */
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

function noteKey(frame: Frame, raw: string, offset: number): void {
  const key = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  if (key === '__proto__') throw new StrictJsonError('The member name "__proto__" is not allowed', offset);
  if (frame.keys!.has(key)) throw new StrictJsonError('An object has the same member twice', offset);
  frame.keys!.add(key);
  frame.expectsKey = false;
}

/** Walks the tokens once: members that appear twice, `__proto__`, and nesting beyond 32 levels are refused. */
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
    }
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
  } catch (error) {
    throw new StrictJsonError(error instanceof Error ? error.message.replace(/ in JSON at position.*$/s, '').replace(/, ".*$/s, '') : 'Not JSON', 0);
  }
}

/** Can this text be stored and compared: no NUL character, no half of a surrogate pair? */
export const isStorableText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();
