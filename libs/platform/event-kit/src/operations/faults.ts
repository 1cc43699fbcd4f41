import type { z } from 'zod';
import { storable } from '../values/storable-text.ts';

/** One thing that is wrong with an input: where (RFC 6901), what, and how to mend it. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  readonly ruleId?: string;
  readonly hint?: string;
}

/** An RFC 6901 pointer from its parts, escaped. A caller's property name may hold what cannot be stored; the pointer does not. */
export const pointerTo = (...parts: readonly PropertyKey[]): string =>
  parts.map((part) => `/${storable(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Codes of faults in the shape of an input; the closed list for everything that a schema can find. */
export const shapeFaultCodes = ['REQUIRED', 'UNKNOWN_PROPERTY', 'WRONG_TYPE', 'INVALID_VALUE', 'TOO_SMALL', 'TOO_BIG', 'INVALID_FORMAT'] as const;

const codeOf = (issue: z.core.$ZodIssue, missing: boolean): (typeof shapeFaultCodes)[number] => {
  if (missing) return 'REQUIRED';
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'UNKNOWN_PROPERTY';
    case 'invalid_type':
      return 'WRONG_TYPE';
    case 'too_small':
      return 'TOO_SMALL';
    case 'too_big':
      return 'TOO_BIG';
    case 'invalid_format':
      return 'INVALID_FORMAT';
    default:
      return 'INVALID_VALUE';
  }
};

const isMissing = (input: unknown, path: readonly PropertyKey[]): boolean => {
  let value = input;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return true;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value === undefined;
};

/**
 * Everything a schema found wrong with `input`, one fault each, with pointers that begin with `prefix`.
 * Messages never repeat the value: it may be personal.
 */
export function faultsOf(error: z.ZodError, input: unknown, prefix = ''): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: prefix + pointerTo(...issue.path, key),
        code: 'UNKNOWN_PROPERTY',
        message: 'This property is not known here.',
        hint: 'Remove it, or put it below "extensions" where that is allowed.',
      }));
    }
    const missing = issue.code !== 'custom' && isMissing(input, issue.path);
    return [{ pointer: prefix + pointerTo(...issue.path), code: codeOf(issue, missing), message: missing ? 'This property is required.' : issue.message }];
  });
}
