import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { defineCommand, defineQuery } from './command.ts';
import { problemOf, refusalOf } from './problem.ts';
import { Refusal, refusalCodes } from './refusal.ts';

describe('a refusal', () => {
  it('becomes a problem document that carries every fault', () => {
    const faults = [
      { pointer: '/code', code: 'INVALID_FORMAT', message: 'Expected capital letters.' },
      { pointer: '/name', code: 'REQUIRED', message: 'This property is required.', hint: 'Say it.' },
    ];
    expect(problemOf(new Refusal('INVALID_INPUT', 'Two faults.', { faults }), 'urn:request:7')).toEqual({
      type: 'urn:bc:mcr:problem:INVALID_INPUT',
      title: 'The input has faults',
      status: 422,
      code: 'INVALID_INPUT',
      detail: 'Two faults.',
      instance: 'urn:request:7',
      errors: faults,
    });
  });

  it('explains itself when nobody else does', () => {
    expect(problemOf(new Refusal('FORBIDDEN'))).toMatchObject({ status: 403, detail: 'Your role does not allow this.', errors: [] });
  });

  it('hides what nobody expected', () => {
    const hidden = refusalOf(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    expect(hidden.code).toBe('INTERNAL');
    expect(JSON.stringify(problemOf(hidden))).not.toContain('10.0.0.7');
    const expected = new Refusal('NOT_FOUND');
    expect(refusalOf(expected)).toBe(expected);
  });

  it.each(Object.entries(refusalCodes))('%s has an HTTP error status and a title without a full stop', (code, [status, title]) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(status >= 400 && status < 600).toBe(true);
    expect(title).not.toMatch(/\.$/);
  });
});

describe('operations', () => {
  const parts = { service: 'courses', input: z.strictObject({}), output: z.object({}), refusals: ['NOT_FOUND'] as const };

  it('are named in camel case, with the service in front where every service has one', () => {
    expect(defineCommand({ ...parts, name: 'openCourse' })).toMatchObject({ kind: 'command', name: 'openCourse' });
    expect(defineQuery({ ...parts, name: 'courses' }).kind).toBe('query');
    expect(defineQuery({ ...parts, name: 'courses.deadLetters' }).name).toBe('courses.deadLetters');
    for (const name of ['OpenCourse', 'open-course', 'open course', 'courses.', '.courses', 'a.b.c', ''])
      expect(() => defineCommand({ ...parts, name })).toThrow(TypeError);
  });
});
