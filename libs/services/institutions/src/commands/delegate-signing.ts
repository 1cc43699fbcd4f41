import { type DelegateSigning, IssuerKeyActivated } from '@mcr/contracts';
import { SigningKey } from '@mcr/credentials';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import { type OperationContext, Settings } from '@mcr/runtime';
import { delegated, keySnapshot } from '../domain/issuer-key.ts';
import { didOf } from '../keys/did-of.ts';
import { PrivateKeys } from '../keys/private-keys.ts';
import { updateInstitution } from '../storage/institutions.ts';
import { findDelegatedKey, insertDelegatedKey } from '../storage/issuer-keys.ts';
import { keyAnswer, lockOf } from './issuer-key-answer.ts';

type Delegate = typeof DelegateSigning;

/** Makes a pair of keys for the institution, unless the registry has an active one for it. */
export async function delegateSigning(
  { institution: code }: InputOf<Delegate>,
  { principal, now, unitOfWork, resolve }: OperationContext,
): Promise<OutputOf<Delegate>> {
  const did = didOf(resolve(Settings).publicUrl, code);
  const by = { changedBy: principal.subject, changedAt: now };
  const made = SigningKey.generate();
  const sealed = await resolve(PrivateKeys).seal(made);
  return unitOfWork.run(async (tx) => {
    const institution = await lockOf(tx, code);
    const known = await findDelegatedKey(tx, institution.ctid);
    if (known) return keyAnswer(known, institution);
    const key = delegated(institution, { publicKeyMultibase: made.publicKey.multibase, did }, now);
    await insertDelegatedKey(tx, key, sealed, by);
    const next = { ...institution, version: institution.version + 1 };
    await updateInstitution(tx, next, by);
    tx.append(IssuerKeyActivated, keySnapshot(key, institution), { version: next.version, now });
    return keyAnswer(key, institution);
  });
}
