import type { IssuerKeySnapshot } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';
import type { Institution } from './institution.ts';

export type Holder = IssuerKeySnapshot['heldBy'];

interface Key {
  readonly institutionCtid: string;
  readonly publicKeyMultibase: string;
  readonly did: string;
}

/** Named by its institution, not proven yet. Several institutions may have named one key; only who has the private key can activate it. */
export type ProposedKey = Key & { readonly status: 'PROPOSED'; readonly heldBy: 'INSTITUTION'; readonly challenge: string; readonly challengeExpiresAt: Date };
type Known = Key & { readonly heldBy: Holder; readonly activatedAt: Date };
export type ActiveKey = Known & { readonly status: 'ACTIVE' };
export type RetiredKey = Known & { readonly status: 'RETIRED'; readonly retiredAt: Date };
export type CompromisedKey = Known & { readonly status: 'COMPROMISED'; readonly retiredAt: Date | null; readonly compromisedAt: Date };

/** A key with which credentials of an institution are signed, or were. */
export type IssuerKey = ProposedKey | ActiveKey | RetiredKey | CompromisedKey;
export type KnownKey = Exclude<IssuerKey, ProposedKey>;

const CHALLENGE_MS = 60 * 60 * 1000;

/** The id of the key's verification method in the institution's DID document. */
export const kidOf = ({ did, publicKeyMultibase }: Pick<Key, 'did' | 'publicKeyMultibase'>): string => `${did}#${publicKeyMultibase}`;

function mustBeActive({ code, status }: Institution): void {
  if (status !== 'ACTIVE') throw new Refusal('ILLEGAL_STATE', `Only an active institution can begin to sign with a key; ${code} is ${status}.`);
}

export const takenKey = (): Refusal => {
  const message = 'This key is or was in use. A key is never used again, nor for two institutions.';
  return new Refusal('ISSUER_KEY_TAKEN', message, {
    faults: [{ pointer: '/publicKeyMultibase', code: 'ISSUER_KEY_TAKEN', message, hint: 'Make a new pair of keys.' }],
  });
};

/** The proposal to keep. What has to be signed names the institution, so that a proof is good for it alone. */
export function propose(institution: Institution, key: Omit<Key, 'institutionCtid'>, nonce: string, now: Date): ProposedKey {
  mustBeActive(institution);
  const challengeExpiresAt = new Date(now.getTime() + CHALLENGE_MS);
  const challenge = `mcr-issuer-key ${key.did} ${nonce}`;
  return { ...key, institutionCtid: institution.ctid, status: 'PROPOSED', heldBy: 'INSTITUTION', challenge, challengeExpiresAt };
}

/** `signs` tells whether a signature of these bytes is by the key. */
export function activate(institution: Institution, key: IssuerKey, signs: (challenge: string) => boolean, now: Date): ActiveKey {
  mustBeActive(institution);
  if (key.status !== 'PROPOSED') throw new Refusal('ILLEGAL_STATE', `Only a proposed key can be activated; this one is ${key.status}.`);
  if (key.challengeExpiresAt <= now) throw new Refusal('ILLEGAL_STATE', 'The challenge is older than an hour. Propose the key again and sign the new one.');
  if (!signs(key.challenge)) {
    const message = 'This is no signature of the challenge by the proposed key.';
    throw new Refusal('PROOF_OF_POSSESSION_INVALID', message, {
      faults: [
        { pointer: '/signature', code: 'PROOF_OF_POSSESSION_INVALID', message, hint: 'Sign the UTF-8 bytes of the challenge, nothing else, with Ed25519.' },
      ],
    });
  }
  const { institutionCtid, publicKeyMultibase, did, heldBy } = key;
  return { institutionCtid, publicKeyMultibase, did, heldBy, status: 'ACTIVE', activatedAt: now };
}

/** A key that the registry made for the institution just now. */
export function delegated(institution: Institution, key: Omit<Key, 'institutionCtid'>, now: Date): ActiveKey {
  mustBeActive(institution);
  return { ...key, institutionCtid: institution.ctid, heldBy: 'REGISTRY', status: 'ACTIVE', activatedAt: now };
}

export function retire(key: IssuerKey, now: Date): RetiredKey {
  if (key.status !== 'ACTIVE') throw new Refusal('ILLEGAL_STATE', `Only an active key can be retired; this one is ${key.status}.`);
  return { ...key, status: 'RETIRED', retiredAt: now };
}

/** A key that is compromised already may only turn out to have been so for longer. */
export function compromise(key: IssuerKey, at: Date, now: Date): CompromisedKey {
  if (key.status === 'PROPOSED') throw new Refusal('ILLEGAL_STATE', 'This key was never active. Do not activate it.');
  const wrong = (message: string, hint: string) =>
    new Refusal('INVALID_INPUT', message, { faults: [{ pointer: '/compromisedAt', code: 'INVALID_VALUE', message, hint }] });
  if (at > now) throw wrong('A key cannot be compromised later than now.', 'Leave compromisedAt out to say now.');
  if (at < key.activatedAt) throw wrong('The key was not active at that time.', `Say a time from ${key.activatedAt.toISOString()} on.`);
  if (key.status === 'COMPROMISED' && at >= key.compromisedAt) {
    throw new Refusal('ILLEGAL_STATE', `It is known to be compromised since ${key.compromisedAt.toISOString()}. Only an earlier time can be added.`);
  }
  return { ...key, status: 'COMPROMISED', retiredAt: (key as Partial<RetiredKey>).retiredAt ?? null, compromisedAt: at };
}

/** The public state, as every event about the key carries it. */
export function keySnapshot(key: KnownKey, { code }: Institution): IssuerKeySnapshot {
  const { institutionCtid, did, publicKeyMultibase, heldBy, status, activatedAt } = key;
  const { retiredAt, compromisedAt } = key as Partial<CompromisedKey>;
  return {
    institutionCtid,
    institutionCode: code,
    did,
    kid: kidOf(key),
    publicKeyMultibase,
    heldBy,
    status,
    activatedAt: activatedAt.toISOString(),
    ...(retiredAt && { retiredAt: retiredAt.toISOString() }),
    ...(compromisedAt && { compromisedAt: compromisedAt.toISOString() }),
  };
}
