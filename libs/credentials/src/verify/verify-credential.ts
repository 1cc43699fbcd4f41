import type { JsonObject } from '../credential.ts';
import { fault } from '../faults.ts';
import { isObject } from '../json.ts';
import { faultsOfCredential, faultsOfMembers } from '../shape/check-shape.ts';
import { MOST_VALUES, valuesIn } from '../shape/signed-content.ts';
import type { StatusReader } from '../status/read-status.ts';
import { checkIds, checkOf, failWith, pass, skipped, type Check, type CheckId, type Finding } from './checks/check.ts';
import { checkIssuer, checkKey, keysIn } from './checks/issuer-checks.ts';
import { ask, type EffectiveStatus, type VerificationLookups } from './lookups.ts';
import { checkProof, idOf, type Proven } from './checks/proof-check.ts';
import { credentialsInside, faultsOfInside } from './inside.ts';
import { isReadByProof, readReceived, type Presented, type Received } from './received.ts';
import { achievementsOf, checkDefinitions, checkRegistry } from './checks/registry-checks.ts';
import { checkNotBefore, checkNotExpired, checkStatus } from './checks/status-checks.ts';
import { statusListLoader } from './checks/status-list.ts';
import { effectiveStatusOf, verdictOf, verdictWith, type Verdict } from './verdict.ts';

export interface VerificationOptions {
  readonly lookups: VerificationLookups;
  readonly now: Date;
  /** The instant that is asked about; now, if it is not said. */
  readonly asOf?: Date;
  /** Who may keep status lists for issuers, beside themselves. */
  readonly statusIssuers?: readonly string[];
}

/** The answer to "is this real?". Names of issuer and micro-credential are the registry's; nothing of the learner is repeated. */
export interface Verification {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly asOf: string;
  readonly effectiveStatus?: EffectiveStatus;
  readonly supersededBy?: string;
  readonly issuer?: { readonly id: string; readonly name?: string };
  readonly microCredential?: { readonly id: string; readonly name?: string };
  /** Of a learner record: each credential in it, in its order. The checks above are those of the record itself. */
  readonly credentials?: readonly Verification[];
}

type Findings = Partial<Record<CheckId, Finding>>;

/** What was not found is hidden: everything behind a document that is not proven. */
function verificationOf(findings: Findings, { now, asOf = now }: VerificationOptions, more: Partial<Verification> = {}): Verification {
  const checks = checkIds.map((id) => checkOf(id, findings[id] ?? skipped('HIDDEN'), now));
  const effectiveStatus = effectiveStatusOf(checks);
  return { verdict: verdictOf(checks), checks, asOf: asOf.toISOString(), ...(effectiveStatus ? { effectiveStatus } : {}), ...more };
}

async function checkProven(
  presented: Presented,
  proven: Proven,
  options: VerificationOptions,
  loadList: StatusReader['loadList'],
): Promise<{ findings: Findings; more: Partial<Verification> }> {
  const { document } = presented;
  const { lookups, now, asOf = now, statusIssuers = [] } = options;
  const issuerId = idOf(document['issuer'])!;
  const id = idOf(document['id']);
  const achievements = achievementsOf(document);
  const [issuer, keys, record, ...definitions] = await Promise.all([
    ask(lookups.issuer?.(issuerId)),
    ask(lookups.issuer ? undefined : lookups.keysOf?.(issuerId)),
    ask(id === undefined ? undefined : lookups.record?.(id, asOf)),
    ...achievements.map((achievement) => ask(lookups.definition?.(achievement))),
  ]);
  const reader: StatusReader = { loadList, isTrusted: (keeper) => keeper === issuerId || statusIssuers.includes(keeper), now };
  const question = { document, record, reader, lookups, asOf };
  const [revocation, suspension] = await Promise.all([checkStatus('revocation', question), checkStatus('suspension', question)]);
  const findings: Findings = {
    issuer_recognised: checkIssuer(issuer, document),
    key_state: checkKey(lookups.issuer ? keysIn(issuer) : keys, record, proven, asOf),
    not_before: checkNotBefore(document, asOf),
    not_expired: checkNotExpired(document, asOf),
    revocation,
    suspension,
    registry_match: checkRegistry(id === undefined && lookups.record ? { state: 'ANSWERED', value: undefined } : record, issuer, presented),
    definition_listed: checkDefinitions(definitions),
  };
  const [definition] = definitions;
  return {
    findings,
    more: {
      issuer: { id: issuerId, ...(issuer.state === 'ANSWERED' && issuer.value ? { name: issuer.value.name } : {}) },
      ...(record.state === 'ANSWERED' && record.value?.supersededBy ? { supersededBy: record.value.supersededBy } : {}),
      ...(achievements[0]
        ? { microCredential: { id: achievements[0], ...(definition?.state === 'ANSWERED' && definition.value ? { name: definition.value.name } : {}) } }
        : {}),
    },
  };
}

/** What verifications of one request have in common: each status list is read once, and all documents together are of so many values at most. */
export interface Together {
  readonly loadList: StatusReader['loadList'];
  valuesLeft: number;
}

/** A record, and everything in it once more. What is inside of something may be inside of a text, and inside of each other. */
const MOST_VALUES_TOGETHER = 2 * MOST_VALUES;

export const together = ({ lookups, now }: VerificationOptions): Together => ({ loadList: statusListLoader(lookups, now), valuesLeft: MOST_VALUES_TOGETHER });

/** What reading a document as JSON-LD finds; it belongs to the shape, whoever reads it first. */
const OF_TERMS: readonly string[] = ['TERMS_INVALID', 'TOO_COMPLEX', 'CONTEXT_UNKNOWN', 'CONTEXT_ALTERED'];

/**
 * Verifies a credential as it was presented: JSON with proofs, a JWT, or an envelope around one. Parse, shape and proof
 * come first, and what they refuse hides everything behind them; then who issued it, with which key, when, and what
 * became of it. A learner record is VALID only with everything in it. Never throws for what was presented, nor for a lookup
 * that fails.
 */
export const verifyCredential = (received: Received, options: VerificationOptions): Promise<Verification> =>
  verifyTogether(received, options, together(options));

/** The same for several, one after the other as they are asked for. A status list of more than one of them is read and verified once. */
export async function* verifyCredentials(received: Iterable<Received>, options: VerificationOptions): AsyncGenerator<Verification, void> {
  const { loadList } = together(options);
  for (const each of received) yield await verifyTogether(each, options, { ...together(options), loadList });
}

/** A record with the verifications of what is in it. What is no credential at all is not verified either. */
async function withCredentialsInside(verification: Verification, document: JsonObject, options: VerificationOptions, others: Together): Promise<Verification> {
  const inside = credentialsInside(document);
  if (inside.length === 0 || verification.verdict === 'NOT_VERIFIED') return verification;
  const received = inside.map((each) => (isObject(each) ? each : String(each)));
  const credentials: Verification[] = [];
  for (const each of received) credentials.push(await verifyTogether(each, options, others));
  const { effectiveStatus: _, ...record } = verification;
  const verdicts = credentials.map(({ verdict }) => verdict);
  return { ...record, verdict: verdictWith(verification.verdict, verdicts), credentials };
}

/** Verifies a credential among others of one request. */
export async function verifyTogether(received: Received, options: VerificationOptions, others: Together): Promise<Verification> {
  const presented = readReceived(received);
  if ('faults' in presented) return verificationOf({ parse: failWith(presented.faults) }, options);
  const findings: Findings = { parse: pass() };
  const isRead = isReadByProof(presented);
  others.valuesLeft -= valuesIn(presented.document);
  const tooMuch = others.valuesLeft < 0 ? [fault('TOO_COMPLEX', '', 'This and what it came with ask for more work than is done at once.')] : [];
  const many = [...faultsOfInside(presented.document), ...tooMuch];
  const shape = async () => (isRead ? faultsOfMembers(presented.document) : faultsOfCredential(presented.document));
  const faults = many.length > 0 ? many : await shape();
  if (faults.length > 0) return verificationOf({ ...findings, schema: failWith(faults) }, options);
  const { lookups, now, asOf = now } = options;
  const { finding, proven } = await checkProof(presented, {
    lookup: lookups.key,
    now: asOf,
    proofPurpose: 'assertionMethod',
    signer: idOf(presented.document['issuer']),
    keys: 'any',
  });
  if (isRead && OF_TERMS.includes(finding.code)) return verificationOf({ ...findings, schema: finding }, options);
  const proof: Findings = { ...findings, schema: pass(), proof: finding };
  if (!proven) return verificationOf(proof, options);
  const rest = await checkProven(presented, proven, options, others.loadList);
  return withCredentialsInside(verificationOf({ ...proof, ...rest.findings }, options, rest.more), presented.document, options, others);
}
