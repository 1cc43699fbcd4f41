import type { Fault } from './faults.ts';

/**
 * Every code with which the registry refuses a request, with its HTTP status and title.
 * The list is closed: a new reason to refuse is a new line here, and clients see it in the schema.
 */
export const refusalCodes = {
  MALFORMED_REQUEST: [400, 'The request cannot be read'],
  MALFORMED_JSON: [400, 'The body is not well-formed JSON'],
  INVALID_EVENT: [400, 'The body is not a CloudEvent'],
  UNAUTHENTICATED: [401, 'A valid access token is needed'],
  CLIENT_UNKNOWN: [401, 'The publishing client is not known here yet'],
  CLIENT_REVOKED: [401, 'The publishing client was revoked'],
  FORBIDDEN: [403, 'Your role does not allow this'],
  SOURCE_NOT_YOURS: [403, 'The source names another institution'],
  INSTITUTION_SUSPENDED: [403, 'The institution is suspended'],
  APPROVER_IS_REQUESTER: [403, 'Another person must approve'],
  SAME_SIGNER: [403, 'Another person must sign for the other institution'],
  LEARNER_NOT_LINKED: [403, 'No learner is linked to this sign-in'],
  CONSENT_NOT_USABLE: [403, 'No consent allows this'],
  NOT_FOUND: [404, 'There is no such thing, or it is not yours to see'],
  INSTITUTION_NOT_FOUND: [404, 'There is no such institution'],
  PUBLISHING_CLIENT_NOT_FOUND: [404, 'There is no such publishing client'],
  SHARE_NOT_FOUND: [404, 'You have no such share'],
  ISSUER_KEY_NOT_FOUND: [404, 'The institution has no such key'],
  MICRO_CREDENTIAL_NOT_FOUND: [404, 'There is no such micro-credential'],
  PATHWAY_NOT_FOUND: [404, 'There is no such pathway'],
  AGREEMENT_NOT_FOUND: [404, 'There is no such agreement, or it is not yours'],
  LEARNER_NOT_FOUND: [404, 'No such learner is known'],
  AWARD_NOT_FOUND: [404, 'There is no such award'],
  CONSENT_NOT_FOUND: [404, 'There is no such consent'],
  METHOD_NOT_ALLOWED: [405, 'The method is not allowed here'],
  NOT_ACCEPTABLE: [406, 'There is no such form of it'],
  VERSION_CONFLICT: [409, 'Somebody changed it in between'],
  IDEMPOTENCY_CONFLICT: [409, 'The key was used for another content'],
  ILLEGAL_STATE: [409, 'The present state does not allow this'],
  CODE_TAKEN: [409, 'The code belongs to another institution'],
  CTID_TAKEN: [409, 'The CTID is in use'],
  CLIENT_ID_TAKEN: [409, 'The client id is in use'],
  ISSUER_KEY_TAKEN: [409, 'The key is in use, or was'],
  SUBJECT_TAKEN: [409, 'The sign-in is linked to another learner'],
  LEARNER_TAKEN: [409, 'The learner is linked to another sign-in'],
  TOO_MANY_CONSENTS: [409, 'The learner has as many consents as can hold at once'],
  TOO_MANY_SHARES: [409, 'You have as many shares open as you may'],
  TITLE_TAKEN: [409, 'The institution has a micro-credential of that title'],
  OVERLAP: [409, 'An active agreement covers the same ground'],
  MULTIPLE_REAL: [409, 'Another agreement covers the same learning, and nothing decides between them'],
  TOO_LARGE: [413, 'The body is too large'],
  TOO_MANY_EVENTS: [413, 'The batch holds too many events'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The content type is not supported'],
  INVALID_INPUT: [422, 'The input has faults'],
  RULES_NOT_MET: [422, 'The micro-credential does not meet the framework'],
  PROOF_OF_POSSESSION_INVALID: [422, 'The signature does not show that you have the private key'],
  NONCREDIT_ASSIGNED: [422, 'A non-credit micro-credential cannot be assigned to a course'],
  REQUIREMENT_INVALID: [422, 'The requirement of the pathway has faults'],
  CYCLE: [422, 'The way to the destination leads through itself'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  INTERNAL: [500, 'Something failed on our side'],
  UNAVAILABLE: [503, 'Not available at the moment'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type RefusalCode = keyof typeof refusalCodes;

/** An expected "no", with every fault found. Thrown by commands and entrances, shown as a problem document. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly faults: readonly Fault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: RefusalCode, detail?: string, options: { faults?: readonly Fault[]; retryAfterSeconds?: number } = {}) {
    super(detail ?? `${refusalCodes[code][1]}.`);
    this.name = 'Refusal';
    this.code = code;
    this.faults = options.faults ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return refusalCodes[this.code][0];
  }

  get title(): string {
    return refusalCodes[this.code][1];
  }
}

const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusalCodes, code);

/** One kind of fault is refused by its own name; several kinds are an input with faults. Either way all of them are told. */
export function refusalFor(faults: readonly Fault[]): Refusal {
  const [code, ...others] = new Set(faults.map((fault) => fault.code));
  return new Refusal(code !== undefined && others.length === 0 && isRefusalCode(code) ? code : 'INVALID_INPUT', undefined, { faults });
}
