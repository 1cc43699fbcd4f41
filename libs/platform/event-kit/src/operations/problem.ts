import type { Fault } from './faults.ts';
import { Refusal } from './refusal.ts';

/** The media type of every error body. */
export const PROBLEM_JSON = 'application/problem+json';

/** An RFC 9457 problem document that carries every fault at once. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance?: string;
  readonly errors: readonly Fault[];
}

/** `instance` is a reference that an operator can find in the logs, never the caller's input. */
export function problemOf(refusal: Refusal, instance?: string): Problem {
  return {
    type: `urn:bc:mcr:problem:${refusal.code}`,
    title: refusal.title,
    status: refusal.status,
    code: refusal.code,
    detail: refusal.message,
    ...(instance === undefined ? {} : { instance }),
    errors: refusal.faults,
  };
}

/** Turns whatever was thrown into a refusal; what nobody expected becomes INTERNAL and keeps its text to itself. */
export const refusalOf = (thrown: unknown): Refusal => (thrown instanceof Refusal ? thrown : new Refusal('INTERNAL'));
