import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';

/**
 * What PostgreSQL or the driver said, fit for a log: without TypeORM's wrapping, which carries the parameters, and
 * without the members in which PostgreSQL repeats rows ("Key (email)=(…) already exists").
 */
export function driverErrorOf(error: unknown): unknown {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (cause instanceof DatabaseError) {
    delete cause.detail;
    delete cause.where;
  }
  return cause;
}

function codeOf(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (cause === null || typeof cause !== 'object' || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** The SQLSTATE of an error that the database answered, or undefined when the error is of another kind. */
export function sqlState(error: unknown): string | undefined {
  const code = codeOf(error);
  // A SQLSTATE holds a digit; five-letter names such as EPIPE are the operating system's.
  return code !== undefined && SQLSTATE.test(code) && /[0-9]/.test(code) ? code : undefined;
}

/**
 * serialization failure, deadlock, connection exceptions, insufficient resources, operator intervention
 * (shutdown, crash, starting up), lock and statement timeouts, idle-session timeouts.
 */
const TRANSIENT_STATE = /^(40001|40P01|08...|53...|57P0.|57014|55P03|25P0[34])$/;

const TRANSIENT_CODE = /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EAI_AGAIN)$/;

/** The driver gives these no code. */
const TRANSIENT_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Query read timeout)/;

/** Did the connection go, so that it must not be used again? */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return /^(08...|57P0.|25P0[34])$/.test(state);
  return TRANSIENT_CODE.test(codeOf(error) ?? '') || (error instanceof Error && TRANSIENT_MESSAGE.test(error.message));
}

/** Would the same work succeed later with nothing changed? Only then is it right to try again without end. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined ? isConnectionLoss(error) : TRANSIENT_STATE.test(state);
}
