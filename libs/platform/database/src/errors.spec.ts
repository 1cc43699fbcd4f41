import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isConnectionLoss, isTransient, sqlState } from './errors.ts';

const coded = (code: string, message = 'something') => Object.assign(new Error(message), { code });

describe('an error of the database', () => {
  it.each(['40001', '40P01', '08006', '08P01', '53300', '57P01', '57P03', '57014', '55P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])(
    '%s passes',
    (code) => {
      expect(isTransient(coded(code))).toBe(true);
    },
  );

  it.each(['23505', '42P01', '42501', '22P02', '25P02', '28P01', 'ENOENT', 'EACCES', 'ABCDE'])('%s does not pass', (code) => {
    expect(isTransient(coded(code))).toBe(false);
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Query read timeout'])('without a code passes: %s', (message) => {
    expect(isTransient(new Error(message))).toBe(true);
    expect(isConnectionLoss(new Error(message))).toBe(true);
  });

  it.each([undefined, null, 'text', 7, new Error('anything'), {}])('is not what %p is', (other) => {
    expect([isTransient(other), sqlState(other)]).toEqual([false, undefined]);
  });

  it('has its SQLSTATE also inside TypeORM’s wrapping', () => {
    expect(sqlState(new QueryFailedError('select $1', ['personal'], coded('23505')))).toBe('23505');
  });

  it('has no SQLSTATE when the operating system made it', () => {
    expect(sqlState(coded('EPIPE'))).toBeUndefined();
  });

  it('leaves the connection usable when only the statement failed', () => {
    expect(isConnectionLoss(coded('40001'))).toBe(false);
    expect(isConnectionLoss(coded('57P01'))).toBe(true);
  });
});
