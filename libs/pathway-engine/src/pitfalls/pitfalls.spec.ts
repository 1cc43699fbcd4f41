import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import { lpTextOf } from '../testing/index.ts';
import { namedTests } from './named-tests.ts';

describe('Where others were wrong', () => {
  it.each(namedTests)('($pitfall) $name', ({ have, want }) => {
    expect(have({ PathwayEngine, lpTextOf })).toEqual(want);
  });
});
