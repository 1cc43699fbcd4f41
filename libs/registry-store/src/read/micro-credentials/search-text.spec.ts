import { describe, expect, it } from '@jest/globals';
import { isStorableText } from '@mcr/event-kit';
import fc from 'fast-check';
import { searchText } from './search-text.ts';

describe('A search text', () => {
  it.each([undefined, null, '', '   ', '\n\t'])('is nothing when %j was typed', (typed) => {
    expect(searchText(typed)).toBeNull();
  });

  it('stays as it was typed, without space around it', () => {
    expect(searchText('  Métis & “governance” 🪶 ')).toBe('Métis & “governance” 🪶');
  });

  it('is cut after 200 characters, never within one', () => {
    expect(searchText('x'.repeat(10_000))).toHaveLength(200);
    expect(Array.from(searchText('😀'.repeat(10_000))!)).toHaveLength(200);
  });

  it('loses what nobody sees', () => {
    expect(searchText('\u202Ecyber\u00ADsecurity\u200B')).toBe('cybersecurity');
  });

  it('can always be stored', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => expect(isStorableText(searchText(typed) ?? '')).toBe(true)));
    expect(searchText('a\u0000b\ud800c')).toBe('a b c');
  });
});
