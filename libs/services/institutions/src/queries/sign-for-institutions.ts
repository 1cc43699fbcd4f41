import type { SignForInstitutions } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { kidOf } from '../domain/issuer-key.ts';
import { PrivateKeys } from '../keys/private-keys.ts';
import { sealedKeysFor } from '../storage/issuer-keys.ts';

type Sign = typeof SignForInstitutions;

const publicKeyIn = (kid: string): string => kid.slice(kid.indexOf('#') + 1);

/** Signs what it is given; what it says is for the service that issues credentials to answer for. */
export async function signForInstitutions({ payloads }: InputOf<Sign>, { database, resolve }: OperationContext): Promise<OutputOf<Sign>> {
  const privateKeys = resolve(PrivateKeys);
  const rows = await sealedKeysFor(database, [...new Set(payloads.map(({ kid }) => publicKeyIn(kid)))]);
  const keys = new Map(await Promise.all(rows.map(async (row) => [kidOf(row), await privateKeys.open(row.publicKeyMultibase, row.sealed)] as const)));
  const signatures = payloads.map(({ kid, payload }) => {
    const key = keys.get(kid);
    return key ? key.sign(Buffer.from(payload, 'base64url')).toString('base64url') : null;
  });
  return { signatures };
}
