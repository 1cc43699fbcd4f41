import { describe, expect, it } from '@jest/globals';
import { LanguageMap, english, languageMap } from './language-map.ts';
import { HttpsUrl, StorableText, isStorableText, storable } from './storable-text.ts';

const hostile = {
  sql: `'); DROP TABLE institution; --`,
  script: '<script>alert(1)</script>',
  'right to left': '\u202etxet desrever\u202c مرحبا',
  emoji: '🏔️🦦 👩🏽‍🔬',
  'a combining pile': 'Z\u0351\u036b\u0343\u036a\u0302',
};

describe('text', () => {
  it.each(Object.entries(hostile))('that is hostile as %s can be stored as it is', (_what, text) => {
    expect(StorableText.parse(text)).toBe(text);
    expect(storable(text)).toBe(text);
  });

  it.each([
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['the first half of a pair', 'a\ud83dz', 'a\ufffdz'],
    ['the second half of a pair', '\ude00', '\ufffd'],
    ['a pair the wrong way round', '\ude00\ud83d', '\ufffd\ufffd'],
  ])('with %s cannot be stored, and is shown with U+FFFD instead', (_what, text, shown) => {
    expect(isStorableText(text)).toBe(false);
    expect(StorableText.safeParse(text).error?.issues[0]?.message).toContain('cannot be stored');
    expect(storable(text)).toBe(shown);
    expect(isStorableText(shown)).toBe(true);
  });
});

describe('text by language', () => {
  it('needs Canadian English, and trims it', () => {
    expect(LanguageMap.parse({ 'en-CA': '  Welding ' })).toEqual(english('Welding'));
    expect(LanguageMap.safeParse({ 'fr-CA': 'Soudage' }).success).toBe(false);
    expect(LanguageMap.safeParse({ 'en-CA': '   ' }).success).toBe(false);
    expect(LanguageMap.safeParse({ 'en-CA': 'Welding', en: 'x' }).success).toBe(false);
  });

  it('has an end', () => {
    expect(languageMap(5).safeParse(english('12345')).success).toBe(true);
    expect(languageMap(5).safeParse(english('123456')).success).toBe(false);
    expect(languageMap(5).safeParse({ 'en-CA': '1', 'fr-CA': '123456' }).success).toBe(false);
  });
});

describe('addresses', () => {
  it('begin with https', () => {
    expect(HttpsUrl.parse('https://www.bcit.ca/study?x=1')).toBe('https://www.bcit.ca/study?x=1');
    for (const wrong of ['http://www.bcit.ca', 'javascript:alert(1)', 'www.bcit.ca', '', 'https://']) expect(HttpsUrl.safeParse(wrong).success).toBe(false);
  });

  it('can be stored and have an end', () => {
    expect(HttpsUrl.safeParse('https://a.ca/\u0000').success).toBe(false);
    expect(HttpsUrl.safeParse('https://a.ca/\ud800').success).toBe(false);
    expect(HttpsUrl.safeParse(`https://a.ca/${'x'.repeat(3000)}`).success).toBe(false);
  });
});
