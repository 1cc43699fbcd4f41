/** Every reason why something outside was not fetched. Closed: a new reason is a new line here. */
export const egressCodes = {
  EGRESS_URL_INVALID: 'The address is not a URL.',
  EGRESS_NOT_HTTPS: 'Only https:// addresses are fetched.',
  EGRESS_URL_HAS_CREDENTIALS: 'The address holds a name or a password.',
  EGRESS_HOST_NOT_LISTED: 'The host is not on the list of those that may be asked.',
  EGRESS_NAME_UNKNOWN: 'The host has no address.',
  EGRESS_ADDRESS_NOT_PUBLIC: 'The host is not on the public internet.',
  EGRESS_UNREACHABLE: 'The host does not answer, or not as a server of HTTPS.',
  EGRESS_TOO_SLOW: 'The host does not answer in time.',
  EGRESS_REDIRECTED: 'The host sends on to another address, which is not followed.',
  EGRESS_NOT_FOUND: 'The host does not answer with the document.',
  EGRESS_ENCODING_UNKNOWN: 'The document is compressed in a way that is not read here.',
  EGRESS_TOO_LARGE: 'The document is larger than is fetched.',
} as const;

export type EgressCode = keyof typeof egressCodes;

/** A fetch that was not made, or not to its end. The message never repeats the address. */
export class EgressRefused extends Error {
  readonly code: EgressCode;

  constructor(code: EgressCode, options?: ErrorOptions) {
    super(egressCodes[code], options);
    this.name = 'EgressRefused';
    this.code = code;
  }
}
