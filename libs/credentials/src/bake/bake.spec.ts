import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DOMParser } from '@xmldom/xmldom';
import { openBadgeOf } from '../build/badge/open-badge.ts';
import { anySource } from '../build/testing/arbitraries.ts';
import { aSource } from '../build/testing/sources.ts';
import type { SecuredCredential } from '../credential.ts';
import { CredentialRefusal, type CredentialFaultCode } from '../faults.ts';
import { bake, readBaked } from './bake.ts';
import { chunksOf } from './png/chunks.ts';
import { aPng, anSvg, bytes, textChunk } from './testing/pictures.ts';

const proof = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-jcs-2022',
  verificationMethod: 'did:key:z#z',
  proofPurpose: 'assertionMethod',
  proofValue: 'zAny',
} as const;
const credential: SecuredCredential = { ...openBadgeOf(aSource()), proof };
const jwt = 'eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6d2ViOmV4YW1wbGUifQ.c2lnbmF0dXJl';
const text = (file: Uint8Array) => new TextDecoder().decode(file);

const pictures: readonly [string, Uint8Array][] = [
  ['a PNG', aPng()],
  ['an SVG', anSvg()],
];

describe.each(pictures)('Baking into %s', (_, picture) => {
  it('keeps a credential with its proof inside as it is, member for member', () => {
    expect(JSON.parse(readBaked(bake(picture, credential)))).toEqual(JSON.parse(JSON.stringify(credential)));
  });

  it('keeps a JWT to the letter', () => {
    expect(readBaked(bake(picture, jwt))).toBe(jwt);
  });

  it('replaces what was baked before', () => {
    expect(readBaked(bake(bake(picture, credential), jwt))).toBe(jwt);
    expect(readBaked(bake(bake(picture, jwt), credential))).toContain('OpenBadgeCredential');
  });

  it('keeps whatever texts a credential holds', () => {
    const hostile = ['</svg><script>', ']]>', '<![CDATA[', '&amp;&#0;', '\uFFFE\uFFFF\uD800', '\u0000\u0001\u2028', '<!DOCTYPE svg [', '🏅'];
    for (const name of hostile) expect(JSON.parse(readBaked(bake(picture, { ...credential, name })))).toMatchObject({ name });
    fc.assert(
      fc.property(anySource, (source) => {
        const made = { ...openBadgeOf(source), proof } as SecuredCredential;
        expect(JSON.parse(readBaked(bake(picture, made)))).toEqual(JSON.parse(JSON.stringify(made)));
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a text that is no JWT', () => {
    expect(() => bake(picture, '{"not":"a JWT"}')).toThrow(expect.objectContaining({ code: 'JWT_INVALID' }));
  });

  it('is told apart from a picture without a credential', () => {
    expect(() => readBaked(picture)).toThrow(expect.objectContaining({ code: 'PICTURE_WITHOUT_CREDENTIAL' }));
  });
});

describe('A PNG with a credential (Open Badges 3.0 §5.3.1)', () => {
  it('has one iTXt chunk of the keyword, not compressed, and the pixels that it had', () => {
    const [header, ours, ...rest] = chunksOf(bake(aPng(textChunk('Comment', 'kept')), jwt));
    expect(header?.type).toBe('IHDR');
    expect(Buffer.from(ours!.data).toString()).toBe(`openbadgecredential\0\0\0\0\0${jwt}`);
    expect([header, ...rest]).toEqual(chunksOf(aPng(textChunk('Comment', 'kept'))));
  });

  it('may say a language, and have something after its end', () => {
    const picture = aPng(textChunk('openbadgecredential', jwt, '\0\0', 'fr-CA'));
    expect(readBaked(Uint8Array.from([...picture, ...bytes('trailing')]))).toBe(jwt);
  });
});

describe('An SVG with a credential (Open Badges 3.0 §5.3.2)', () => {
  const rootOf = (file: Uint8Array) => new DOMParser().parseFromString(text(file), 'image/svg+xml').documentElement!;

  it('declares the prefix on its root, and has the credential directly after it', () => {
    const root = rootOf(bake(anSvg(), jwt));
    expect(root.getAttribute('xmlns:openbadges')).toBe('https://purl.imsglobal.org/ob/v3p0');
    expect(root.firstChild).toMatchObject({ nodeName: 'openbadges:credential' });
    expect(root.getElementsByTagName('circle')).toHaveLength(1);
  });

  it('has a JWT in "verify" and an empty body, or JSON in CDATA and no "verify"', () => {
    expect(text(bake(anSvg(), jwt))).toContain(`<openbadges:credential verify="${jwt}"/>`);
    expect(text(bake(anSvg(), credential))).toMatch(/<openbadges:credential><!\[CDATA\[\{"@context".*\]\]><\/openbadges:credential>/s);
  });

  it('is read whatever the prefix is, and with a document type that names the standard one', () => {
    const inside = `<ob:credential xmlns:ob="https://purl.imsglobal.org/ob/v3p0" verify="${jwt}"></ob:credential>`;
    const standard = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    expect(readBaked(anSvg(inside, standard))).toBe(jwt);
  });
});

const refusalOf = (act: () => unknown): CredentialFaultCode | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof CredentialRefusal) return error.code;
    throw error;
  }
};

const inSvg = (verify: string) => `<b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0" verify="${verify}"/>`;
const altered = (file: Uint8Array, at: number): Uint8Array => file.map((byte, index) => (index === at ? byte ^ 1 : byte));
const baked = bake(aPng(), jwt);
const billion = `<!DOCTYPE svg [${Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('')}]>`;

describe('A hostile picture is refused with a code, and costs little:', () => {
  it.each<[string, Uint8Array, CredentialFaultCode]>([
    ['an empty file', new Uint8Array(), 'PICTURE_UNSUPPORTED'],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'PICTURE_UNSUPPORTED'],
    ['a PNG that is cut off', baked.subarray(0, 60), 'PICTURE_DAMAGED'],
    ['a PNG with nothing but a signature', baked.subarray(0, 8), 'PICTURE_DAMAGED'],
    ['a PNG whose credential was altered', altered(baked, 70), 'PICTURE_DAMAGED'],
    ['a PNG whose chunk says it has four gigabytes', Uint8Array.from([...baked.subarray(0, 8), 255, 255, 255, 255, ...baked.subarray(12)]), 'PICTURE_DAMAGED'],
    ['a PNG without an end', baked.subarray(0, baked.length - 12), 'PICTURE_DAMAGED'],
    ['a PNG with two credentials', aPng(textChunk('openbadgecredential', jwt), textChunk('openbadgecredential', '{}')), 'PICTURE_AMBIGUOUS'],
    ['a PNG with a compressed credential', aPng(textChunk('openbadgecredential', 'x', '\x01\0')), 'PICTURE_DAMAGED'],
    ['a PNG whose text chunk is cut off', aPng({ type: 'iTXt', data: Buffer.from('openbadgecredential\0\0\0') }), 'PICTURE_DAMAGED'],
    ['a PNG whose credential is no UTF-8', aPng({ type: 'iTXt', data: Buffer.from('openbadgecredential\0\0\0\0\0\xff\xfe', 'latin1') }), 'NOT_UTF8'],
    ['a PNG with twenty thousand chunks', aPng(...Array.from({ length: 20_000 }, () => textChunk('x', ''))), 'PICTURE_UNSAFE'],
    ['a PNG of nine megabytes', aPng({ type: 'tEXt', data: new Uint8Array(9 * 1024 * 1024) }), 'TOO_LARGE'],
    ['an SVG with two credentials', anSvg(inSvg(jwt) + inSvg('a.b.c')), 'PICTURE_AMBIGUOUS'],
    ['an SVG with a JWT and JSON', anSvg(inSvg(jwt).replace('/>', '>{}</b:credential>')), 'PICTURE_AMBIGUOUS'],
    ['an SVG with an empty credential', anSvg(inSvg('')), 'PICTURE_WITHOUT_CREDENTIAL'],
    ['an SVG with a credential of another vocabulary', anSvg(inSvg(jwt).replace('ob/v3p0', 'ob/v4p0')), 'PICTURE_WITHOUT_CREDENTIAL'],
    ['an SVG with entities in entities', anSvg(`<text>&e30;</text>`, billion), 'PICTURE_UNSAFE'],
    ['an SVG with a file of the machine', anSvg('<text>&x;</text>', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 'PICTURE_UNSAFE'],
    ['an SVG with a parameter entity far on', anSvg(inSvg(jwt), `<!DOCTYPE svg ${' '.repeat(2000)}[<!ELEMENT svg ANY>]>`), 'PICTURE_UNSAFE'],
    ['an SVG that is not well-formed', anSvg('<g>'), 'PICTURE_DAMAGED'],
    ['an SVG of another root', bytes('<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>'), 'PICTURE_UNSUPPORTED'],
    ['an SVG without a namespace', bytes('<svg><circle/></svg>'), 'PICTURE_UNSUPPORTED'],
    ['an SVG that is ten thousand deep', anSvg('<g>'.repeat(10_000) + '</g>'.repeat(10_000)), 'PICTURE_UNSAFE'],
    ['an SVG with a million references', anSvg(`<text>${'&amp;'.repeat(200_000)}</text>`), 'PICTURE_UNSAFE'],
    ['an SVG with thousands of open comments', anSvg(`${'<!--'.repeat(3000)}${'-'.repeat(1_000_000)}`), 'PICTURE_DAMAGED'],
    ['an SVG of three megabytes', anSvg('x'.repeat(3 * 1024 * 1024)), 'TOO_LARGE'],
    ['an SVG that is no UTF-8', Uint8Array.from([...anSvg(), 0xff]), 'NOT_UTF8'],
  ])('%s', (_, picture, code) => {
    const worked = process.cpuUsage();
    expect(refusalOf(() => readBaked(picture))).toBe(code);
    expect(process.cpuUsage(worked).user).toBeLessThan(500_000);
  });

  it.each([
    '<script>alert(1)</script>',
    '<circle r="1" onload="alert(1)"/>',
    '<a href="javascript:alert(1)"/>',
    '<a xmlns:x="http://www.w3.org/1999/xlink" x:href=" JavaScript:alert(1)"/>',
    '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    '<g><svg:SCRIPT xmlns:svg="http://www.w3.org/2000/svg"/></g>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<image href="https://elsewhere.example/who-looks.png"/>',
    '<use href="//elsewhere.example/a.svg#b"/>',
    '<image href="data:image/svg+xml,x"/>',
    '<style>@import "https://elsewhere.example/a.css";</style>',
    '<style>circle { fill: url( https://elsewhere.example/a.svg#b ) }</style>',
    '<circle style="fill: url(\'//elsewhere.example/a.svg#b\')"/>',
  ])('no credential is baked into a drawing with %s', (inside) => {
    expect(refusalOf(() => bake(anSvg(inside), jwt))).toBe('PICTURE_UNSAFE');
  });

  it.each([
    '<a href="https://college.example/"><circle fill="url(#g)" style="stroke: url( \'#g\' )"/></a>',
    '<defs><g id="d"/></defs><use href="#d"/><image href="data:image/png;base64,AAAA"/>',
    '<style>circle { fill: red }</style><animate attributeName="r" from="0" to="9" dur="1s"/>',
  ])('and one is, into a drawing with %s', (inside) => {
    expect(readBaked(bake(anSvg(inside), jwt))).toBe(jwt);
  });

  it('a picture is never altered into one that is read otherwise: any one byte of a PNG changed gives the credential, or a refusal', () => {
    for (let at = 0; at < baked.length; at += 1) {
      let read: string | undefined;
      if (refusalOf(() => void (read = readBaked(altered(baked, at)))) === undefined) expect(read).toBe(jwt);
    }
  });

  it('an SVG with bytes changed, cut off or put in anywhere is read or refused, and nothing else happens', () => {
    const svg = bake(anSvg(), credential);
    const cut = fc.record({ at: fc.nat({ max: svg.length }), without: fc.nat({ max: 40 }), bytes: fc.uint8Array({ maxLength: 8 }) });
    fc.assert(
      fc.property(cut, ({ at, without, bytes: put }) => {
        refusalOf(() => readBaked(Uint8Array.from([...svg.subarray(0, at), ...put, ...svg.subarray(at + without)])));
      }),
      { numRuns: 300 },
    );
  });
});
