import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@mcr/event-kit';
import fc from 'fast-check';
import { cursorOf } from './cursor.ts';

const byDate = cursorOf('awards', 'date', 'uuid');
const byRank = cursorOf('microCredentials.RELEVANCE', 'number', 'text', 'ctid');
const ID = '01890000-0000-7000-8000-000000000000';

const encoded = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64url');

const refused = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error instanceof Refusal ? [error.code, error.faults.map((fault) => fault.pointer)] : error;
  }
};

describe('A cursor', () => {
  it('gives back what was written into it', () => {
    expect(byDate.read(byDate.write('2026-10-01', ID))).toEqual(['2026-10-01', ID]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (name) => {
        fc.pre(!name.includes('\u0000'));
        expect(byRank.read(byRank.write('-11.250000', name, `ce-${ID}`))).toEqual(['-11.250000', name, `ce-${ID}`]);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['text that is no base64', '???'],
    ['something that is no JSON', Buffer.from('hello').toString('base64url')],
    ['JSON that is no list', encoded({ list: 'awards' })],
    ['the cursor of another list', byRank.write('0.000000', 'name', `ce-${ID}`)],
    ['another name', encoded(['award', '2026-10-01', ID])],
    ['a day that does not exist', encoded(['awards', '2026-02-30', ID])],
    ['SQL for a date', encoded(['awards', "2026-10-01' or true --", ID])],
    ['something that is no UUID', encoded(['awards', '2026-10-01', 'x'])],
    ['a value too few', encoded(['awards', '2026-10-01'])],
    ['a value too many', encoded(['awards', '2026-10-01', ID, ID])],
    ['a number for a text', encoded(['awards', 20261001, ID])],
  ])('is refused when it holds %s', (_what, cursor) => {
    expect(refused(() => byDate.read(cursor))).toEqual(['INVALID_INPUT', ['/after']]);
  });

  it('is refused when a text in it cannot be stored', () => {
    expect(refused(() => byRank.read(encoded(['microCredentials.RELEVANCE', '0', 'a\u0000b', `ce-${ID}`])))).toEqual(['INVALID_INPUT', ['/after']]);
    expect(refused(() => byRank.read(encoded(['microCredentials.RELEVANCE', '0', 'a\ud800', `ce-${ID}`])))).toEqual(['INVALID_INPUT', ['/after']]);
    expect(refused(() => byRank.read(encoded(['microCredentials.RELEVANCE', 'NaN', 'a', `ce-${ID}`])))).toEqual(['INVALID_INPUT', ['/after']]);
  });

  it('is refused, whatever text it is, unless it was given', () => {
    fc.assert(fc.property(fc.string(), (cursor) => expect(refused(() => byDate.read(cursor))).toEqual(['INVALID_INPUT', ['/after']])));
  });
});
