import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@mcr/event-kit';
import { GraphQLError } from 'graphql';
import { maskErrors } from './mask-errors.ts';

function mask(thrown: unknown) {
  const logged: object[] = [];
  const error = thrown instanceof GraphQLError ? thrown : new GraphQLError('wrapped', { path: ['awards'], originalError: thrown as Error });
  const shown = maskErrors({ error: (facts) => void logged.push(facts) })(
    { ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR', ...error.extensions } },
    error,
  );
  return { shown, logged };
}

describe('what a caller sees of an error', () => {
  it('is the code, the faults and the wait of a refusal', () => {
    const fault = { pointer: '/first', code: 'TOO_BIG', message: 'Expected less.' };
    expect(mask(new Refusal('INVALID_INPUT', undefined, { faults: [fault] })).shown.extensions).toEqual({ code: 'INVALID_INPUT', errors: [fault] });
    expect(mask(new Refusal('CLIENT_UNKNOWN', undefined, { retryAfterSeconds: 1 })).shown.extensions).toEqual({ code: 'CLIENT_UNKNOWN', retryAfterSeconds: 1 });
  });

  it('is what is wrong with the document', () => {
    const { shown, logged } = mask(new GraphQLError('Cannot query field "x".', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }));
    expect(shown).toMatchObject({ message: 'Cannot query field "x".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(logged).toEqual([]);
  });

  it.each([
    ['a fault of ours', new TypeError('secret of the inside')],
    ['a refusal that says no more than that', new Refusal('INTERNAL', 'secret of the inside')],
    ['an error without a code of ours', new GraphQLError('secret of the inside')],
    ['an error that borrows an open code', Object.assign(new Error('secret of the inside'), { extensions: { code: 'BAD_USER_INPUT' } })],
  ])('is only a reference for %s, under which the log has all of it', (_, thrown) => {
    const { shown, logged } = mask(thrown);
    expect(JSON.stringify(shown)).not.toContain('secret');
    expect(shown.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', reference: expect.any(String) });
    expect(logged).toEqual([expect.objectContaining({ reference: shown.extensions?.['reference'] })]);
  });

  it('is that it may be tried again when the database is away', () => {
    const { shown } = mask(Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }));
    expect(shown.extensions).toMatchObject({ code: 'UNAVAILABLE' });
    expect(JSON.stringify(shown)).not.toContain('administrator');
  });

  it('is that a text cannot be stored when the database says so', () => {
    expect(mask(Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' })).shown.extensions).toEqual({
      code: 'BAD_USER_INPUT',
    });
  });
});
