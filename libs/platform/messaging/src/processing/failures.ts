import { Refusal, storable } from '@mcr/event-kit';
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

/** An event with which a process died so often, alone, is set aside before it is handled again. */
export const DEATHS_ALONE = 3;

/** The verdict on such an event. */
export const killedTheProcess = (deaths: number): Poison =>
  new Poison('HANDLER_KILLED', `The process ended ${deaths} times while this event alone was being handled.`);

export type Failure = 'transient' | 'poison' | 'handler-bug';

const UNREACHED = /^UND_ERR_(CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|SOCKET)$/;

/** Is it somebody else's outage, as `fetch`, `AbortSignal.timeout` and HTTP clients tell of it? */
function isOutageElsewhere(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, status, cause } = error as { name?: unknown; code?: unknown; status?: unknown; cause?: unknown };
  if (name === 'TimeoutError' || (typeof code === 'string' && UNREACHED.test(code))) return true;
  if (typeof status === 'number' && status >= 500) return !(error instanceof Refusal) || error.code === 'UNAVAILABLE';
  return cause !== undefined && classify(cause) === 'transient';
}

/** What kind of failure was thrown, and so what is done about it: wait, set aside, or try a few times. */
export function classify(error: unknown): Failure {
  if (error instanceof Poison) return 'poison';
  return isTransient(error) || isOutageElsewhere(error) ? 'transient' : 'handler-bug';
}

const FIRST_BOUND_MS = 100;
const LAST_BOUND_MS = 30_000;

/** Full jitter below a bound that doubles with each attempt, from 0.1 s at the first to 30 s. In milliseconds. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return Math.ceil(random() * Math.min(LAST_BOUND_MS, FIRST_BOUND_MS * 2 ** (attempt - 1)));
}

/** Whoever waits for something to come back says so louder after this time. */
export const ALARM_AFTER_MS = 120_000;

/** How an error is told in a dead letter. A handler may put anything into its message, also what cannot be stored. */
export const describeError = (error: unknown): string => storable(error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000);

/** Under which reason an event is set aside that failed with this error. */
export const reasonOf = (error: unknown): DeadLetterReason => (error instanceof Poison ? error.reason : 'HANDLER_FAILED');
