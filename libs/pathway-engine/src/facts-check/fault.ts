/** Everything that can be wrong with a fact or a question; the closed list. The first five are those of every input of the registry. */
export const factFaultCodes = [
  'REQUIRED',
  'WRONG_TYPE',
  'INVALID_VALUE',
  'TOO_SMALL',
  'TOO_BIG',
  'NOT_AN_INTEGER',
  'DUPLICATE',
  'EMPTY_TERM',
  'RANGE_REVERSED',
  'GRANTS_REQUIRED',
  'GRANTS_NOT_ALLOWED',
  'COURSE_REQUIRED',
  'COURSE_NOT_ALLOWED',
  'CREDIT_NOT_ALLOWED',
  'WAIVER_REQUIRED',
  'CLUSTER_TOO_SMALL',
  'SELF_AGREEMENT',
  'STACK_OF_ANOTHER',
  'NONCREDIT_ASSIGNED',
  'OVERLAP',
  'CYCLE',
  'TREE_TOO_LARGE',
  'TREE_TOO_DEEP',
  'K_OUT_OF_RANGE',
  'SECTIONS_OUT_OF_RANGE',
  'WRONG_CHILD',
  'SECOND_LIMIT',
  'UNKNOWN_LEAF',
  'NOT_A_LEAF',
  'FORCED_AND_FORBIDDEN',
  'UNKNOWN_MICRO_CREDENTIAL',
  'UNKNOWN_REQUIREMENT',
  'UNKNOWN_CREDENTIAL',
] as const;
export type FactFaultCode = (typeof factFaultCodes)[number];

/** One thing that is wrong: where (RFC 6901, within the fact), what, and how to mend it. */
export interface FactFault {
  readonly code: FactFaultCode;
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

/** One fault, as a list. */
export const fault = (code: FactFaultCode, pointer: string, message: string, hint?: string): FactFault[] => [
  { code, pointer, message, ...(hint !== undefined && { hint }) },
];
