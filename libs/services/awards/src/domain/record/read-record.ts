import { REVOKE_AWARD, RevokeAward, SUBMIT_AWARD, SourceAwardId, SubmitAward } from '@mcr/contracts';
import { faultsOf, type Fault } from '@mcr/event-kit';
import type { z } from 'zod';
import type { ReadSignedCredential } from '../signed/signed-credential.ts';
import { recordFault } from './record-fault.ts';

/** One record as it came in: what an institution says, not yet read. */
export interface InboundRecord {
  readonly type: string;
  readonly subject?: string;
  readonly data: unknown;
  /** The size of the record in bytes, when the entrance knows that it is large. */
  readonly bytes?: number;
  /** What the entrance found: then the record is refused for it, and not read any further. */
  readonly faults?: readonly Fault[];
  /** What was found in the signed credential that it carries. */
  readonly signed?: ReadSignedCredential;
}

/** What a record means, or everything that keeps it from meaning something. */
export type ReadRecord =
  | { readonly kind: 'submit'; readonly sourceAwardId: string; readonly revision: number; readonly submit: SubmitAward; readonly signed?: ReadSignedCredential }
  | { readonly kind: 'revoke'; readonly sourceAwardId: string; readonly revision: number; readonly revoke: RevokeAward }
  | UnreadableRecord;

export interface UnreadableRecord {
  readonly kind: 'unreadable';
  readonly sourceAwardId?: string;
  readonly faults: readonly Fault[];
  /** The properties that are in order, so that their meaning can be checked in the same breath. */
  readonly parts: Partial<SubmitAward>;
}

export const MOST_BYTES = 1024 * 1024;

const sourceAwardIdOf = (data: unknown): string | undefined => {
  const candidate = data !== null && typeof data === 'object' ? (data as { sourceAwardId?: unknown }).sourceAwardId : undefined;
  return SourceAwardId.safeParse(candidate).data;
};

function partsOf(data: unknown): Partial<SubmitAward> {
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return {};
  const properties = data as Record<string, unknown>;
  const parts = Object.entries(SubmitAward.shape).flatMap(([name, schema]) => {
    const part = (schema as z.ZodType).safeParse(properties[name]);
    return part.success && part.data !== undefined ? [[name, part.data]] : [];
  });
  return Object.fromEntries(parts) as Partial<SubmitAward>;
}

/** A record without `learner`, or without its identifiers, lacks an identity rather than a property. */
const asIdentityFault = (fault: Fault): Fault =>
  fault.code === 'REQUIRED' && (fault.pointer === '/learner' || fault.pointer === '/learner/identifiers')
    ? recordFault('LEARNER_UNIDENTIFIED', fault.pointer)
    : fault;

const unreadable = (data: unknown, faults: readonly Fault[], parts: Partial<SubmitAward> = {}): UnreadableRecord => ({
  kind: 'unreadable',
  sourceAwardId: sourceAwardIdOf(data),
  faults,
  parts,
});

/** Reads a record strictly. The same record is read the same way always, whatever the time and the facts. */
export function readRecord({ type, subject, data, bytes = 0, faults = [], signed }: InboundRecord): ReadRecord {
  if (faults.length > 0) return unreadable(data, faults);
  if (bytes > MOST_BYTES) return unreadable(data, [recordFault('TOO_LARGE')]);
  const submits = type === SUBMIT_AWARD;
  if (!submits && type !== REVOKE_AWARD) return unreadable(data, [recordFault('UNSUPPORTED_TYPE')]);

  const parsed = submits ? SubmitAward.safeParse(data) : RevokeAward.safeParse(data);
  const misnamed =
    subject !== undefined && subject !== (parsed.data?.sourceAwardId ?? sourceAwardIdOf(data) ?? subject)
      ? [recordFault('SUBJECT_MISMATCH', '/sourceAwardId')]
      : [];
  if (!parsed.success) {
    const faults = faultsOf(parsed.error, data).map(asIdentityFault);
    return unreadable(data, [...faults, ...misnamed], submits ? partsOf(data) : {});
  }
  if (misnamed.length > 0) return unreadable(data, misnamed, submits ? (parsed.data as SubmitAward) : {});
  const { sourceAwardId, revision } = parsed.data;
  return submits
    ? { kind: 'submit', sourceAwardId, revision, submit: parsed.data as SubmitAward, ...(signed && { signed }) }
    : { kind: 'revoke', sourceAwardId, revision, revoke: parsed.data as RevokeAward };
}
