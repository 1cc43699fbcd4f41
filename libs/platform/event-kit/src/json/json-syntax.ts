/**
 * Finds where a text stops being JSON (RFC 8259). Only faulty texts pay for this walk: JSON.parse says that it is not
 * JSON, but not always where, and quotes from the text.
 */

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPECIAL_IN_STRING = /["\\\u0000-\u001f]/g; // eslint-disable-line no-control-regex -- JSON forbids exactly these in a string

class Stop {
  readonly offset: number;
  constructor(offset: number) {
    this.offset = offset;
  }
}

/** Each of these takes the offset where its token begins and returns the offset after it, or throws a Stop. */
type Reads = (text: string, at: number) => number;

const token =
  (pattern: RegExp): Reads =>
  (text, at) => {
    pattern.lastIndex = at;
    const length = pattern.exec(text)?.[0].length;
    if (length === undefined) throw new Stop(at);
    return at + length;
  };

const sign =
  (expected: string): Reads =>
  (text, at) => {
    if (text[at] !== expected) throw new Stop(at);
    return at + 1;
  };

const space = token(SPACE);
const escape = token(ESCAPE);

const string: Reads = (text, start) => {
  let at = sign('"')(text, start);
  for (;;) {
    SPECIAL_IN_STRING.lastIndex = at;
    const special = SPECIAL_IN_STRING.exec(text);
    if (!special) throw new Stop(text.length);
    if (special[0] === '"') return special.index + 1;
    at = escape(text, special.index);
  }
};

const listOf =
  (item: Reads, closer: string): Reads =>
  (text, start) => {
    let at = space(text, start + 1);
    if (text[at] === closer) return at + 1;
    for (;;) {
      at = space(text, item(text, at));
      if (text[at] === closer) return at + 1;
      at = space(text, sign(',')(text, at));
    }
  };

const member: Reads = (text, at) => {
  const colon = space(text, string(text, at));
  return value(text, space(text, sign(':')(text, colon)));
};

function value(text: string, at: number): number {
  const first = text[at] ?? '';
  if (first === '{') return listOf(member, '}')(text, at);
  if (first === '[') return listOf(value, ']')(text, at);
  if (first === '"') return string(text, at);
  return token(/[a-z]/.test(first) ? WORD : NUMBER)(text, at);
}

/** The offset of the first token that cannot stand there, or undefined when the whole text is JSON. Nesting must have been bounded before. */
export function whereNotJson(text: string): number | undefined {
  try {
    const end = space(text, value(text, space(text, 0)));
    return end === text.length ? undefined : end;
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.offset;
    throw thrown;
  }
}
