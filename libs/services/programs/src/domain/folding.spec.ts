import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldCaseAndSpace, foldTitle } from './folding.ts';

describe('folded titles', () => {
  it.each([
    ['Éducation à l’accueil', 'EDUCATION A L’ACCUEIL'],
    ['Data  Visualization\tEssentials', ' data visualization essentials '],
    ['Cafe\u0301', 'café'],
    ['Straße', 'STRASSE'],
    ['Web\u00adDesign', 'Web\u200bDesign'],
    ['ＡＩ ethics', 'AI Ethics'],
  ])('%j and %j are the same', (one, other) => {
    expect(foldTitle(one)).toBe(foldTitle(other));
  });

  it.each([
    ['Welding 1', 'Welding 2'],
    ['Welding', 'Weldings'],
    ['Data and AI', 'Data & AI'],
  ])('%j and %j are not', (one, other) => {
    expect(foldTitle(one)).not.toBe(foldTitle(other));
  });

  it('stay as they are when folded again', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(foldTitle(foldTitle(text))).toBe(foldTitle(text))));
  });

  it('are what case alone makes no difference to', () => {
    const latin = fc.stringMatching(/^[a-zà-öø-ÿ ]{0,30}$/);
    fc.assert(fc.property(latin, (text) => expect(foldCaseAndSpace(text.toUpperCase())).toBe(foldCaseAndSpace(text))));
  });
});
