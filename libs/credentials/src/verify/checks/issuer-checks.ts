import type { JsonObject } from '../../credential.ts';
import { instantOf } from '../../instant.ts';
import { keyStateAt, type IssuerKey } from '../../keys/did-document.ts';
import { fail, pass, skipped, unknown, type Finding } from './check.ts';
import type { Answer, KnownIssuer, RegistryRecord, Term } from '../lookups.ts';
import type { Proven } from './proof-check.ts';

/** `awardedDate` is when it was earned; `validFrom` changes when a credential is issued again. */
export const awardedAt = ({ awardedDate, validFrom }: JsonObject): number | undefined => instantOf(awardedDate) ?? instantOf(validFrom);

const holdsAt = ({ from, until }: Term, at: number): boolean => Date.parse(from) <= at && (until === undefined || at < Date.parse(until));

/** Was the issuer recognised when it made the award? What became of it later does not matter. */
export function checkIssuer(issuer: Answer<KnownIssuer>, document: JsonObject): Finding {
  if (issuer.state === 'NOT_ASKED') return skipped('NOT_ASKED');
  if (issuer.state === 'FAILED') return unknown('LOOKUP_FAILED', 'registry');
  if (!issuer.value) return fail('ISSUER_UNKNOWN', 'registry');
  const at = awardedAt(document);
  if (at === undefined) return fail('AWARD_DATE_MISSING');
  return issuer.value.recognised.some((term) => holdsAt(term, at)) ? pass('registry') : fail('ISSUER_NOT_RECOGNISED', 'registry');
}

/** Without a history, the document of the signer's key as it is today decides. */
function byDocument({ key }: Proven): Finding {
  if (key.revoked !== undefined) return fail('KEY_COMPROMISED', key.id);
  return key.purposes.includes('assertionMethod') ? pass(key.id) : fail('KEY_NOT_FOR_PURPOSE', key.id);
}

/**
 * The registry's record is the witness; what a proof says of its own time is not, once somebody else may have the key. An award that was received before
 * the key was active had to wait for it, and was signed once it was.
 */
function whenSigned({ activatedAt }: IssuerKey, record: Answer<RegistryRecord>): Date | undefined {
  return record.state === 'ANSWERED' && record.value ? new Date(Math.max(Date.parse(record.value.receivedAt), Date.parse(activatedAt))) : undefined;
}

function ofCompromised(key: IssuerKey, record: Answer<RegistryRecord>): Finding {
  const witness = whenSigned(key, record);
  if (witness) return keyStateAt(key, witness) === 'COMPROMISED' ? fail('KEY_COMPROMISED', 'registry') : ofWitnessed(key, witness, 'KEY_COMPROMISED_SINCE');
  return record.state === 'ANSWERED' ? fail('KEY_COMPROMISED', 'registry') : unknown('KEY_WITNESS_MISSING', 'registry');
}

function ofWitnessed(key: IssuerKey, witness: Date, code: 'OK' | 'KEY_RETIRED_SINCE' | 'KEY_COMPROMISED_SINCE'): Finding {
  const state = keyStateAt(key, witness);
  if (state === 'ACTIVE') return pass('registry', code);
  return fail(state === 'RETIRED' ? 'KEY_RETIRED' : 'KEY_NOT_ACTIVE', 'registry');
}

/** What a proof says itself. It tells whole seconds, so one of the second in which the key became active was made after that. */
function whenSaid({ activatedAt }: IssuerKey, created: string | undefined): Date | undefined {
  const [said, active] = [instantOf(created), Date.parse(activatedAt)];
  if (said === undefined) return undefined;
  return new Date(said === Math.floor(active / 1_000) * 1_000 ? active : said);
}

/** A retired key is still its owner's, who may say when it signed. */
function ofRetired(key: IssuerKey, record: Answer<RegistryRecord>, created: string | undefined): Finding {
  const witness = whenSigned(key, record) ?? whenSaid(key, created);
  return witness ? ofWitnessed(key, witness, 'KEY_RETIRED_SINCE') : unknown('KEY_WITNESS_MISSING', 'registry');
}

export const keysIn = (issuer: Answer<KnownIssuer>): Answer<readonly IssuerKey[]> =>
  issuer.state === 'ANSWERED' ? { state: 'ANSWERED', value: issuer.value?.keys } : issuer;

/** Was the key the issuer's to sign with, when it signed? `receivedAt` of the registry decides about a compromised one. */
export function checkKey(keys: Answer<readonly IssuerKey[]>, record: Answer<RegistryRecord>, proven: Proven, asOf: Date): Finding {
  if (keys.state === 'FAILED') return unknown('LOOKUP_FAILED', 'registry');
  const history = keys.state === 'ANSWERED' ? (keys.value ?? []) : [];
  if (history.length === 0) return byDocument(proven);
  const key = history.find(({ id, publicKeyMultibase }) => id === proven.key.id && publicKeyMultibase === proven.key.publicKey.multibase);
  if (!key) return fail('KEY_NOT_FOUND', 'registry');
  const state = keyStateAt(key, asOf);
  if (state === 'COMPROMISED') return ofCompromised(key, record);
  if (state === 'RETIRED') return ofRetired(key, record, proven.created);
  return state === 'ACTIVE' ? pass('registry') : fail('KEY_NOT_ACTIVE', 'registry');
}
