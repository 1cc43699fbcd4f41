import type { IssuerKey } from '../keys/did-document.ts';
import type { KeyLookup } from '../keys/key-lookup.ts';

/** A time in which something held; half-open, ISO 8601. */
export interface Term {
  readonly from: string;
  readonly until?: string;
}

/** An issuer as the registry knows it. */
export interface KnownIssuer {
  readonly id: string;
  readonly name: string;
  /** When it was recognised as an institution that may award. */
  readonly recognised: readonly Term[];
  /** Every key that it ever had; empty when its keys are not kept here. */
  readonly keys: readonly IssuerKey[];
  /** The registry itself: it signs what it puts together when that is asked for, and keeps no record of it. */
  readonly isRegistry?: true;
}

export type EffectiveStatus = 'ACTIVE' | 'SCHEDULED' | 'EXPIRED' | 'SUSPENDED' | 'SUPERSEDED' | 'REVOKED';

/** What the registry has about one credential. */
export interface RegistryRecord {
  /** The issuer's id, as the credential must name it. */
  readonly issuer: string;
  /** `credentialHash` of each form in which it was issued; that of the credential before it was secured stands for every JWT of it. */
  readonly hashes: readonly string[];
  /** When the registry received the award: the witness of when it existed. */
  readonly receivedAt: string;
  /** At the instant that was asked for. */
  readonly status: EffectiveStatus;
  readonly supersededBy?: string;
}

/** A definition as the registry lists it. */
export interface ListedDefinition {
  readonly id: string;
  readonly name: string;
}

/**
 * Everything a verification needs from outside. Each lookup may reject: then its check is UNKNOWN. Undefined as an answer
 * says that there is no such thing. A lookup that is not given is not asked, and its checks are SKIPPED.
 */
export interface VerificationLookups {
  readonly key: KeyLookup;
  /** The bytes that are published at the address of a status list: JSON or a JWT. */
  readonly statusList: (url: string) => Promise<Uint8Array | string>;
  /** The list of suspensions beside a list of revocations, where the credential itself may name only one. */
  readonly suspensionListBeside?: (revocationList: string) => Promise<string | undefined>;
  readonly issuer?: (id: string) => Promise<KnownIssuer | undefined>;
  /** Every key that an issuer ever had, for whoever does not ask whether it is recognised; undefined where no history is kept. */
  readonly keysOf?: (issuer: string) => Promise<readonly IssuerKey[] | undefined>;
  readonly record?: (credentialId: string, asOf: Date) => Promise<RegistryRecord | undefined>;
  readonly definition?: (id: string) => Promise<ListedDefinition | undefined>;
}

/** A lookup's answer, or that it gave none. */
export type Answer<T> = { readonly state: 'ANSWERED'; readonly value: T | undefined } | { readonly state: 'NOT_ASKED' } | { readonly state: 'FAILED' };

export async function ask<T>(question: Promise<T | undefined> | undefined): Promise<Answer<T>> {
  if (!question) return { state: 'NOT_ASKED' };
  try {
    return { state: 'ANSWERED', value: await question };
  } catch {
    return { state: 'FAILED' };
  }
}
