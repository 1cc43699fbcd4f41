import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openBadgeOf } from '../build/badge/open-badge.ts';
import { anySource } from '../build/testing/arbitraries.ts';
import type { Json, JsonObject } from '../credential.ts';
import { aCredential } from '../testing/an-issuer.ts';
import { memberPaths, withMember } from '../testing/mutants.ts';
import { checkTerms, expand } from './canonical.ts';
import { termSkeleton } from './term-skeleton.ts';

const isTaken = async (check: (document: JsonObject) => Promise<void>, document: JsonObject): Promise<boolean> =>
  check(document).then(
    () => true,
    () => false,
  );
const PAIRS = Number(process.env['MCR_SKELETON_PAIRS'] ?? 12);

/** Values that JSON-LD takes or refuses by what they are. */
const values: readonly Json[] = [
  'relative',
  'two words',
  '',
  '@id',
  '@foo',
  'https://x.example/',
  'did:example:a',
  '_:b0',
  7,
  1.5,
  true,
  null,
  [],
  {},
  ['x'],
  [null],
  { id: 'relative' },
  { type: 'Undefined' },
];

describe('The skeleton of a document', () => {
  it('is the same for other values, and another one for other members, types, contexts and kinds of values', () => {
    const same = termSkeleton(aCredential());
    expect(termSkeleton(aCredential({ name: 'Another name', validFrom: '2020-01-01T00:00:00Z', id: 'urn:uuid:2' }))).toBe(same);
    for (const changes of [
      { name: 7 },
      { type: ['VerifiableCredential'] },
      { id: 'relative' },
      { extra: 'x y' },
      { '@context': ['https://www.w3.org/ns/credentials/v2'] },
    ])
      expect(termSkeleton(aCredential(changes))).not.toBe(same);
    expect(termSkeleton(aCredential({ '@context': ['https://www.w3.org/ns/credentials/v2', {}] }))).toBeUndefined();
  });

  it('never lets through what JSON-LD refuses, nor the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(anySource, fc.nat(), fc.constantFrom(...values), async (source, nth, value) => {
        const badge = JSON.parse(JSON.stringify(openBadgeOf(source))) as JsonObject;
        await checkTerms(badge);
        const paths = memberPaths(badge).filter(([first]) => first !== '@context');
        const changed = withMember(badge, paths[nth % paths.length]!, value);
        // Twice: the second answer may come from what was remembered of the first.
        const expected = await isTaken(expand, changed);
        expect([await isTaken(checkTerms, changed), await isTaken(checkTerms, changed)]).toEqual([expected, expected]);
      }),
      { numRuns: PAIRS },
    );
  });
});
