import { describe, expect, it } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { catalogue } from '../../build/testing/catalogue.ts';
import { bake, readBaked } from '../bake.ts';
import { chunksOf } from '../png/chunks.ts';
import { parseSvg } from '../svg/parse-svg.ts';
import { checkPassive } from '../svg/passive.ts';
import { badgePicture } from './badge-picture.ts';
import { pngOfPicture } from './png-of-picture.ts';

const jwt = 'eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6d2ViOmV4YW1wbGUifQ.c2lnbmF0dXJl';
const draw = (microCredential: string, institution = 'Camosun College') => badgePicture({ microCredential, institution });
const rootOf = (svg: string) => new DOMParser().parseFromString(svg, 'application/xml').documentElement!;
const linesOf = (svg: string) => [...rootOf(svg).getElementsByTagName('tspan')].map(({ textContent }) => textContent);

describe('The picture of a badge', () => {
  it('says to readers of screens what it shows', () => {
    const root = rootOf(badgePicture({ microCredential: 'Santé des forêts', institution: 'Collège Éducacentre', language: 'fr-CA' }));
    expect([root.getAttribute('role'), root.getAttribute('xml:lang')]).toEqual(['img', 'fr-CA']);
    expect(root.getAttribute('aria-labelledby')).toBe('title description');
    expect(root.getElementsByTagName('title').item(0)?.textContent).toBe('Santé des forêts');
    expect(root.getElementsByTagName('desc').item(0)?.textContent).toBe('Microcertification, Collège Éducacentre');
  });

  it('shows the whole name in lines, and cuts only what is longer than five of them', () => {
    expect(linesOf(draw('Forest Health Management Micro-Certificate')).join(' ')).toBe('Forest Health Management Micro-Certificate Camosun College');
    const long = linesOf(draw('supercalifragilistic '.repeat(14)));
    expect(long).toHaveLength(6);
    expect(long[4]).toMatch(/…$/);
    expect(
      rootOf(draw('supercalifragilistic '.repeat(14)))
        .getElementsByTagName('title')
        .item(0)?.textContent,
    ).toHaveLength(14 * 21 - 1);
  });

  it('keeps its lines inside, however long a word is and however many there are', () => {
    for (const name of [
      'x',
      'W'.repeat(300),
      '漢字'.repeat(60),
      `${'ab '.repeat(90)}`,
      ...catalogue.map(({ microCredential }) => microCredential.name['en-CA']),
    ]) {
      const texts = [...rootOf(draw(name, name)).getElementsByTagName('text')];
      for (const text of texts.slice(1)) {
        const size = Number(text.getAttribute('font-size'));
        for (const line of text.getElementsByTagName('tspan')) expect([...line.textContent!].length * size * 0.6).toBeLessThan(480);
      }
    }
  });

  it('lets no name be markup, and shows none that turns the direction', () => {
    const svg = draw('</text><script>alert(1)</script>&\u202E"\u0000');
    expect(() => checkPassive(parseSvg(new TextEncoder().encode(svg)))).not.toThrow();
    expect(rootOf(svg).getElementsByTagName('title').item(0)?.textContent).toBe('</text><script>alert(1)</script>&"');
  });

  it('is a PNG too, with its letters, and takes a credential as either', async () => {
    const [named, unnamed] = await Promise.all([pngOfPicture(draw('Forest health')), pngOfPicture(draw(' '))]);
    const header = Buffer.from(chunksOf(named)[0]!.data);
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([512, 512]);
    // Without a font that is found, both would show the same.
    expect(named.length).toBeGreaterThan(unnamed.length + 1000);
    for (const picture of [named, new TextEncoder().encode(draw('Forest health'))]) expect(readBaked(bake(picture, jwt))).toBe(jwt);
  });
});
