import { describe, expect, it } from '@jest/globals';
import { asGraphQLInput, isOnly } from './mutations.ts';

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

describe('a refusal that was allowed for', () => {
  const fault = (code: string) => ({ pointer: '/ctid', code, message: 'No.' });

  it.each([
    ['by its code', { code: 'CTID_TAKEN', message: 'No.', errors: [] }, true],
    ['by all of its faults', { code: 'INVALID_INPUT', message: 'No.', errors: [fault('CTID_TAKEN'), fault('OVERLAP')] }, true],
    ['not by some of its faults', { code: 'INVALID_INPUT', message: 'No.', errors: [fault('CTID_TAKEN'), fault('REQUIRED')] }, false],
    ['not without a reason', { code: 'INVALID_INPUT', message: 'No.', errors: [] }, false],
  ])('is known %s', (_how, refusal, known) => {
    expect(isOnly(['CTID_TAKEN', 'OVERLAP'], refusal)).toBe(known);
  });
});
