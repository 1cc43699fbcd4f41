/** Every reason why a status is not known. Closed: a new reason is a new line here. */
export const statusCodes = {
  STATUS_ENTRY_MALFORMED: 'The status entry does not have the form that Bitstring Status List 1.0 asks for.',
  STATUS_SIZE_UNSUPPORTED: 'Statuses of more than eight bits are not read here.',
  STATUS_LIST_UNREACHABLE: 'The status list could not be fetched.',
  STATUS_LIST_NOT_VERIFIED: 'The proof of the status list does not hold.',
  STATUS_LIST_MALFORMED: 'The status list does not have the form that Bitstring Status List 1.0 asks for.',
  STATUS_LIST_OTHER: 'What stands at the address of the status list is another list.',
  STATUS_ISSUER_UNTRUSTED: 'The issuer of the status list may not speak for this credential.',
  STATUS_PURPOSE_MISMATCH: 'The status list is kept for another purpose.',
  STATUS_LIST_NOT_YET_VALID: 'The status list is not valid yet.',
  STATUS_LIST_EXPIRED: 'The status list has expired.',
  STATUS_LIST_TOO_LARGE: 'The status list is larger than is read here.',
  STATUS_LIST_TOO_SHORT: 'The status list has fewer entries than the least that protects anybody.',
  STATUS_INDEX_OUT_OF_RANGE: 'The status list has no entry of this index.',
} as const;

export type StatusCode = keyof typeof statusCodes;

/** A status that cannot be told. Caught by the reader, which says UNKNOWN. */
export class StatusUnknown extends Error {
  readonly code: StatusCode;

  constructor(code: StatusCode, detail?: string) {
    super(detail ?? statusCodes[code]);
    this.name = 'StatusUnknown';
    this.code = code;
  }
}
