import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { whereNotJson } from './json-syntax.ts';
import { StrictJsonError, parseStrictJson } from './strict-json.ts';

const faultOf = (text: string): StrictJsonError => {
  try {
    parseStrictJson(text);
  } catch (error) {
    expect(error).toBeInstanceOf(StrictJsonError);
    return error as StrictJsonError;
  }
  throw new Error('It was accepted.');
};

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('strict JSON', () => {
  it.each([
    ['an object', '{"a":1,"b":[true,false,null],"c":{"a":2}}'],
    ['a bare scalar', ' -12.5e-3\n'],
    ['the same name at different levels', '{"a":{"a":{"a":1}}}'],
    ['names that differ only in case', '{"a":1,"A":2}'],
    ['names that differ only in their normal form', '{"\u00e9":1,"e\u0301":2}'],
    ['a value that looks like structure', '{"a":"},{\\"a\\":1,[[["}'],
    ['a member called constructor', '{"constructor":1,"toString":2}'],
    ['the largest double', '1.7976931348623157e308'],
    ['32 levels', nested(32)],
  ])('reads %s as JSON.parse does', (_what, text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['a member twice', '{"a":1,"b":2,"a":3}', 13, 'twice'],
    ['a member twice, once escaped', '{"ab":1,"\\u0061b":2}', 8, 'twice'],
    ['a member twice inside a list', '[{"a":1},{"a":1,"a":1}]', 16, 'twice'],
    ['a prototype', '{"x":{"__proto__":{"admin":true}}}', 6, '__proto__'],
    ['an escaped prototype', '{"\\u005f_proto__":1}', 1, '__proto__'],
    ['33 levels', nested(33), 32, '32 levels'],
    ['a number beyond the doubles', '{"hours":1e999}', 9, 'too large'],
    ['a long number beyond the doubles', `[-${'9'.repeat(400)}]`, 1, 'too large'],
    ['a string without an end', '{"a":"b', 5, 'does not end'],
  ])('refuses %s and says where', (_what, text, offset, reason) => {
    const fault = faultOf(text);
    expect(fault.offset).toBe(offset);
    expect(fault.message).toContain(reason);
    expect(fault.message).toContain(`(at character ${offset + 1})`);
  });

  it.each([
    ['nothing', '', 0],
    ['only space', '  ', 2],
    ['a word', 'abc', 0],
    ['a cut word', '{"a":tru}', 5],
    ['NaN', '[NaN]', 1],
    ['an infinity', '[-Infinity]', 1],
    ['a trailing comma', '[1,]', 3],
    ['a trailing comma in an object', '{"a":1,}', 7],
    ['a missing colon', '{"a" 1}', 5],
    ['a missing value', '{"a":}', 5],
    ['a name without quotes', '{a:1}', 1],
    ['single quotes', "{'a':1}", 1],
    ['a leading zero', '01', 1],
    ['a plus sign', '+1', 0],
    ['a second document', '{} {}', 3],
    ['a wrong closer', '[1}', 2],
    ['a closer too many', '[1]]', 3],
    ['an object cut short', '{"a":[1', 7],
    ['a raw line break in a string', '["a\nb"]', 3],
    ['an unknown escape in a name', '{"\\x":1}', 2],
    ['half an escape', '["\\u12"]', 2],
    ['a byte order mark', '\ufeff{}', 0],
    ['a comment', '{} // done', 3],
  ])('refuses %s at its offset', (_what, text, offset) => {
    expect(faultOf(text).offset).toBe(offset);
  });

  it.each([
    ['a number beyond 2^53', '{"a":9007199254740992}', 5],
    ['a negative one', '{"a":-9007199254740992}', 5],
    ['a power beyond 2^53', '[1e16]', 1],
    ['half a pair', '{"a":"\ud800"}', 5],
    ['half a pair as an escape', '{"a":"x\\ud800y"}', 5],
    ['the second half alone', '["\\udc00"]', 1],
    ['the halves the wrong way round', '["\\udc00\\ud800"]', 1],
    ['half a pair in a name', '{"\\udbff":1}', 1],
  ])('refuses %s where the value is signed, and only there', (_what, text, offset) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    expect(() => parseStrictJson(text, { portable: true })).toThrow(expect.objectContaining({ offset }) as unknown as Error);
  });

  it.each(['[9007199254740991,-9007199254740991,1.5e15,0.1]', '["\\ud83d\\ude00","\ud83d\ude00","\\\\ud800"]'])(
    'reads %s where the value is signed',
    (text) => {
      expect(parseStrictJson(text, { portable: true })).toEqual(JSON.parse(text));
    },
  );

  it('never quotes from the text, which may be personal', () => {
    const person = 'Jane Q. Doe of Fort Nelson';
    expect(faultOf(`{"learner":{"name":"${person}", x}}`).message).not.toContain('Jane');
    expect(faultOf(`[nope, "${person}"]`).message).not.toContain('Jane');
    expect(faultOf(`"${person}" "${person}"`).message).not.toContain('Jane');
  });

  it('agrees with JSON.parse about every value that JSON can carry', () => {
    const shallow = fc
      .jsonValue({ maxDepth: 6 })
      .map((value) => JSON.stringify(value))
      .filter((text) => !text.includes('__proto__'));
    fc.assert(
      fc.property(shallow, (text) => {
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
        expect(whereNotJson(text)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('accepts nothing that JSON.parse refuses, and changes no value', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"',
      '\\',
      '\\u0061',
      '"\\"',
      '0',
      '-1',
      '1.5',
      'e5',
      '.',
      'true',
      'false',
      'null',
      ' ',
      '\n',
      '\t',
      '\u0000',
      '\u00a0',
      'é',
      '/',
    ];
    const almostJson = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((list) => list.join(''));
    const damaged = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...pieces)).map(([text, at, piece]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + piece + text.slice(cut + 1);
    });
    fc.assert(
      fc.property(fc.oneof(almostJson, damaged), (text) => {
        const parsed = attempt(() => JSON.parse(text) as unknown);
        const strict = attempt(() => parseStrictJson(text));
        expect(whereNotJson(text) === undefined).toBe(parsed.ok);
        if (!parsed.ok) expect(strict.error).toBeInstanceOf(StrictJsonError);
        else if (strict.ok) expect(strict.value).toEqual(parsed.value);
        else expect(strict.error?.message).toMatch(/twice|__proto__|32 levels|too large/);
      }),
      { numRuns: 3000 },
    );
  });
});

function attempt(work: () => unknown): { ok: boolean; value?: unknown; error?: Error } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error: error as Error };
  }
}
