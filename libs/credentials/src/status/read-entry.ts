import type { Json, JsonObject } from '../credential.ts';
import { StatusUnknown } from './status-codes.ts';

/** What an entry says: which bits of which list, and what they mean. */
export interface ReadEntry {
  readonly list: string;
  readonly purpose: string;
  readonly index: bigint;
  /** In bits. */
  readonly size: number;
}

const MOST_BITS = 8;

function malformed(detail: string): never {
  throw new StatusUnknown('STATUS_ENTRY_MALFORMED', detail);
}

const isUrl = (value: unknown): value is string => typeof value === 'string' && URL.canParse(value);

function sizeOf({ statusSize }: JsonObject): number {
  if (statusSize === undefined) return 1;
  if (!Number.isInteger(statusSize) || (statusSize as number) < 1) malformed('"statusSize" must be an integer greater than zero.');
  if ((statusSize as number) > MOST_BITS) throw new StatusUnknown('STATUS_SIZE_UNSUPPORTED');
  return statusSize as number;
}

const isMessage = (value: Json): boolean => {
  const { status, message } = (value ?? {}) as JsonObject;
  return typeof status === 'string' && /^0x[0-9a-fA-F]+$/.test(status) && typeof message === 'string';
};

function checkMessages({ statusMessage }: JsonObject, size: number): void {
  if (statusMessage === undefined) {
    if (size > 1) malformed('"statusMessage" must be there when a status has more than one bit.');
    return;
  }
  if (!Array.isArray(statusMessage)) malformed('"statusMessage" must be a list.');
  const messages = statusMessage as readonly Json[];
  if (messages.length !== 2 ** size) malformed('"statusMessage" must have an entry for each value of the status.');
  if (!messages.every(isMessage)) malformed('Each entry of "statusMessage" must have a "status" such as "0x1" and a "message".');
}

/**
 * Reads a BitstringStatusListEntry by the rules of Bitstring Status List 1.0 §2.1.
 * @throws StatusUnknown when it breaks one.
 */
export function readEntry(entry: Json): ReadEntry {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) malformed('A status entry must be an object.');
  const members = entry as JsonObject;
  const { id, type, statusPurpose, statusListIndex, statusListCredential, statusReference } = members;
  if (type !== 'BitstringStatusListEntry') malformed('"type" must be "BitstringStatusListEntry".');
  if (typeof statusPurpose !== 'string' || statusPurpose === '') malformed('"statusPurpose" must be a text.');
  if (typeof statusListIndex !== 'string' || !/^\d{1,30}$/.test(statusListIndex)) malformed('"statusListIndex" must be a text of decimal digits.');
  if (!isUrl(statusListCredential)) malformed('"statusListCredential" must be a URL.');
  if (id !== undefined && !isUrl(id)) malformed('"id" must be a URL.');
  if (id === statusListCredential) malformed('"id" must not be the URL of the status list.');
  const references = [statusReference ?? []].flat();
  if (!references.every(isUrl)) malformed('"statusReference" must be a URL or a list of URLs.');
  const size = sizeOf(members);
  checkMessages(members, size);
  return { list: statusListCredential as string, purpose: statusPurpose as string, index: BigInt(statusListIndex as string), size };
}
