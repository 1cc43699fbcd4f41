import { isTransient } from '@mcr/database';

/** Why an event cannot be processed. The list is closed, and the database checks it. */
export const deadLetterReasons = [
  'MALFORMED',
  'NULL_RECORD',
  'TOO_LARGE',
  'SCHEMA_INVALID',
  'UNSUPPORTED_VERSION',
  'UNKNOWN_ISSUER',
  'SIGNATURE_INVALID',
  'CANNOT_DECRYPT',
  'HANDLER_FAILED',
  'HANDLER_KILLED',
] as const;
export type DeadLetterReason = (typeof deadLetterReasons)[number];

/** Thrown where an event itself is at fault: trying again cannot help. */
export class Poison extends Error {
  readonly reason: DeadLetterReason;
  constructor(reason: DeadLetterReason, message: string) {
    super(message);
    this.name = 'Poison';
    this.reason = reason;
  }
}

/** A handler that fails is tried this often before its event is set aside. */
export const HANDLER_TRIES = 5;

export type Failure = 'transient' | 'poison' | 'handler-bug';

/** What kind of failure was thrown, and so what is done about it: wait, set aside, or try a few times. */
export function classify(error: unknown): Failure {
  if (error instanceof Poison) return 'poison';
  return isTransient(error) ? 'transient' : 'handler-bug';
}

/** Full jitter between nothing and an exponentially growing bound, 0.1 s to 30 s. In milliseconds. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const bound = Math.min(30_000, 100 * 2 ** Math.min(attempt, 20));
  return Math.ceil(random() * bound);
}
