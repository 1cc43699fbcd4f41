import { isDeepStrictEqual } from 'node:util';
import type { PublicJwk } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';
import type { Institution } from './institution.ts';

interface Registration {
  readonly clientId: string;
  readonly publicKey: PublicJwk;
  readonly scopes: readonly string[];
}

interface Client extends Registration {
  readonly institutionCtid: string;
}

export type ActiveClient = Client & { readonly status: 'ACTIVE' };
export type RevokedClient = Client & { readonly status: 'REVOKED'; readonly reason: string | null };

/** A system of an institution, known by its key. It belongs to its institution for ever and is never registered again once revoked. */
export type PublishingClient = ActiveClient | RevokedClient;

const taken = (detail: string): Refusal =>
  new Refusal('CLIENT_ID_TAKEN', detail, { faults: [{ pointer: '/clientId', code: 'CLIENT_ID_TAKEN', message: detail, hint: 'Choose another client id.' }] });

/** What an institution hears of a client id that somebody else has: nothing about whom. */
export const takenBySomebody = (): Refusal => taken('The client id is in use.');

const isSameRegistration = (known: Client, wanted: Registration): boolean =>
  isDeepStrictEqual(known.publicKey, wanted.publicKey) && isDeepStrictEqual([...known.scopes].sort(), [...wanted.scopes].sort());

/** The client to keep: a new one, or the very one that is known when this registration is the same again. */
export function register(institution: Institution, known: PublishingClient | undefined, wanted: Registration): PublishingClient {
  if (institution.status !== 'ACTIVE') {
    throw new Refusal('ILLEGAL_STATE', `Only an active institution can have publishing clients; ${institution.code} is ${institution.status}.`);
  }
  if (!known) return { ...wanted, institutionCtid: institution.ctid, status: 'ACTIVE' };
  if (known.institutionCtid !== institution.ctid) throw takenBySomebody();
  if (known.status === 'REVOKED') throw taken('The client id was revoked and is never used again.');
  if (!isSameRegistration(known, wanted)) throw taken('The client id is registered with another key.');
  return known;
}

export function revoke(client: PublishingClient, reason: string | null): RevokedClient {
  if (client.status === 'REVOKED') throw new Refusal('ILLEGAL_STATE', 'The client was revoked before.');
  return { ...client, status: 'REVOKED', reason };
}
