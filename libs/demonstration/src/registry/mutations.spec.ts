import { describe, expect, it } from '@jest/globals';
import { asGraphQLInput } from './mutations.ts';

describe('a command’s input as GraphQL takes it', () => {
  it('names languages shortly, at any depth', () => {
    const input = {
      ownedBy: 'BCIT',
      definition: { name: { 'en-CA': 'Welding', 'fr-CA': 'Soudage' }, description: { 'en-CA': 'Arc.' }, keyword: ['arc'], totalHours: 30 },
    };
    expect(asGraphQLInput(input)).toEqual({
      ownedBy: 'BCIT',
      definition: { name: { en: 'Welding', fr: 'Soudage' }, description: { en: 'Arc.' }, keyword: ['arc'], totalHours: 30 },
    });
  });
});
