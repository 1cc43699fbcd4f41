import type { Json, JsonObject } from '../../credential.ts';
import { isObject, listOf } from '../../json.ts';
import { readStatus, type StatusReader, type StatusReading } from '../../status/read-status.ts';
import { instantOf } from '../../instant.ts';
import { fail, pass, skipped, unknown, type Finding } from './check.ts';
import type { Answer, RegistryRecord, VerificationLookups } from '../lookups.ts';

export type StatusKind = 'revocation' | 'suspension';

export interface StatusQuestion {
  readonly document: JsonObject;
  readonly record: Answer<RegistryRecord>;
  readonly reader: StatusReader;
  readonly lookups: VerificationLookups;
  readonly asOf: Date;
}

/** Purposes that say nothing about whether a credential counts. */
const HARMLESS = ['refresh', 'message'];

const purposeOf = (entry: Json): unknown => (isObject(entry) && entry['type'] === 'BitstringStatusListEntry' ? entry['statusPurpose'] : undefined);

/** What nobody here understands is asked as a revocation, and comes back as unknown. */
const entriesFor = (document: JsonObject, kind: StatusKind): readonly Json[] =>
  listOf(document['credentialStatus']).filter((entry) => {
    const purpose = purposeOf(entry);
    if (HARMLESS.includes(purpose as string)) return false;
    return kind === 'suspension' ? purpose === 'suspension' : purpose !== 'suspension';
  });

/** The entries at the same index of the lists of suspensions that stand beside those of revocations. */
async function entriesBeside({ document, lookups }: StatusQuestion): Promise<readonly Json[]> {
  const revocations = entriesFor(document, 'revocation').filter(isObject);
  const beside = await Promise.all(
    revocations.map(async (entry) => {
      const list = await lookups.suspensionListBeside?.(entry['statusListCredential'] as string);
      return list === undefined
        ? []
        : [{ type: 'BitstringStatusListEntry', statusPurpose: 'suspension', statusListIndex: entry['statusListIndex']!, statusListCredential: list }];
    }),
  );
  return beside.flat();
}

/** A list says what is: of the past it only says that what is not revoked now was not revoked then. */
function findingOf(reading: StatusReading, kind: StatusKind, isPast: boolean): Finding {
  if (reading.outcome === 'UNKNOWN') return unknown(reading.code, reading.list);
  const isSet = reading.outcome === 'SET';
  if (isPast && (isSet || kind === 'suspension')) return unknown('PAST_STATUS_UNKNOWN', reading.list);
  return isSet ? fail(kind === 'revocation' ? 'REVOKED' : 'SUSPENDED', reading.list) : pass(reading.list);
}

function ofRecord(record: Answer<RegistryRecord>, kind: StatusKind): Finding | undefined {
  if (record.state !== 'ANSWERED' || !record.value) return undefined;
  const { status } = record.value;
  if (kind === 'suspension') return status === 'SUSPENDED' ? fail('SUSPENDED', 'registry') : pass('registry');
  if (status === 'REVOKED') return fail('REVOKED', 'registry');
  return status === 'SUPERSEDED' ? fail('SUPERSEDED', 'registry') : pass('registry');
}

const worst = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ outcome }) => outcome === 'FAIL') ?? findings.find(({ outcome }) => outcome === 'UNKNOWN') ?? findings[0];

/**
 * Is the credential revoked, or suspended? A bit that is set or a record that says so is enough for yes; a no needs every
 * list to have been read. Of the past, the registry's record decides.
 */
export async function checkStatus(kind: StatusKind, question: StatusQuestion): Promise<Finding> {
  const { document, record, reader, asOf } = question;
  const own = entriesFor(document, kind);
  const beside = kind === 'suspension' && own.length === 0 ? await entriesBeside(question).catch(() => undefined) : [];
  if (!beside) return ofRecord(record, kind) ?? unknown('LOOKUP_FAILED', 'registry');
  const isPast = asOf.getTime() < reader.now.getTime();
  const read = await Promise.all([...own, ...beside].map(async (entry) => findingOf(await readStatus(entry, reader), kind, isPast)));
  const recorded = ofRecord(record, kind);
  if (isPast && recorded) return recorded;
  return worst([...read, ...(recorded ? [recorded] : [])]) ?? skipped('NO_STATUS_ENTRY');
}

/** A credential counts from `validFrom` on and no longer at `validUntil`. */
export const checkNotBefore = ({ validFrom }: JsonObject, asOf: Date): Finding =>
  (instantOf(validFrom) ?? -Infinity) <= asOf.getTime() ? pass() : fail('NOT_YET_VALID');

export const checkNotExpired = ({ validUntil }: JsonObject, asOf: Date): Finding =>
  asOf.getTime() < (instantOf(validUntil) ?? Infinity) ? pass() : fail('EXPIRED');
