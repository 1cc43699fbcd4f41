import type { JsonObject, OneOrMany } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject, listOf } from '../json.ts';
import { faultsOfPresentation } from '../shape/check-shape.ts';
import { checkOf, failWith, pass, skipped, type Check, type Finding } from './checks/check.ts';
import { checkProof, idOf } from './checks/proof-check.ts';
import { readReceived, type Presented, type Received } from './received.ts';
import { together, verifyTogether, type Verification, type VerificationOptions } from './verify-credential.ts';

export interface PresentationOptions extends VerificationOptions {
  /** What the verifier asked the holder to sign, so that an old presentation cannot be shown again. */
  readonly challenge?: string;
  /** For whom it was made. */
  readonly domain?: OneOrMany<string>;
}

export interface PresentationVerification {
  /** The presentation is in order and its holder's; each credential has a verdict of its own. */
  readonly outcome: 'PASS' | 'FAIL' | 'UNKNOWN';
  readonly checks: readonly Check[];
  readonly credentials: readonly Verification[];
}

/** More than anybody shows at once: each one may ask for lists and documents. */
const MOST_CREDENTIALS = 100;

const same = (one: OneOrMany<string>, other: unknown): boolean =>
  JSON.stringify([...listOf(one)].sort()) === JSON.stringify([...listOf(other as OneOrMany<string>)].sort());

/** In a JWT, `nonce` is the challenge and `aud` the domain (VC-JOSE-COSE §3.1.3). */
function claimFaults({ jwt }: Presented, { challenge, domain }: PresentationOptions): readonly CredentialFault[] {
  if (!jwt) return [];
  const { nonce, aud } = jwt.read.payload;
  return [
    ...(challenge !== undefined && nonce !== challenge ? [fault('CHALLENGE_MISMATCH', '/nonce')] : []),
    ...(domain !== undefined && !same(domain, aud) ? [fault('DOMAIN_MISMATCH', '/aud')] : []),
  ];
}

async function findings(received: Received, options: PresentationOptions): Promise<{ readonly found: readonly Finding[]; readonly document?: JsonObject }> {
  const presented = readReceived(received, 'presentation');
  if ('faults' in presented) return { found: [failWith(presented.faults)] };
  const { document } = presented;
  const many = listOf(document['verifiableCredential']).length > MOST_CREDENTIALS ? [fault('TOO_MANY', '/verifiableCredential')] : [];
  const faults = many.length > 0 ? many : await faultsOfPresentation(document);
  if (faults.length > 0) return { found: [pass(), failWith(faults)] };
  const claims = claimFaults(presented, options);
  if (claims.length > 0) return { found: [pass(), pass(), failWith(claims)] };
  const { lookups, now, challenge, domain } = options;
  const { finding } = await checkProof(presented, {
    lookup: lookups.key,
    now,
    proofPurpose: 'authentication',
    challenge,
    domain,
    signer: idOf(document['holder']),
    keys: 'for-purpose',
  });
  return { found: [pass(), pass(), finding], ...(finding.outcome === 'PASS' ? { document } : {}) };
}

/** Verifies a presentation, then each credential in it. A presentation that is not in order hides its credentials. */
export async function verifyPresentation(received: Received, options: PresentationOptions): Promise<PresentationVerification> {
  const { found, document } = await findings(received, options);
  const ids = ['parse', 'schema', 'proof'] as const;
  const checks = ids.map((id, index) => checkOf(id, found[index] ?? skipped('HIDDEN'), options.now));
  const outcome = checks.at(-1)!.outcome === 'UNKNOWN' ? 'UNKNOWN' : document ? 'PASS' : 'FAIL';
  const shown = document ? listOf(document['verifiableCredential']).filter(isObject) : [];
  const others = together(options);
  return { outcome, checks, credentials: await Promise.all(shown.map((credential) => verifyTogether(credential, options, others))) };
}
