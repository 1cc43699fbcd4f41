import { randomUUID } from 'node:crypto';
import type { ProposeIssuerKey } from '@mcr/contracts';
import { readPublicKey } from '@mcr/credentials';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import { type OperationContext, Settings } from '@mcr/runtime';
import { propose, takenKey } from '../domain/issuer-key.ts';
import { didOf } from '../keys/did-of.ts';
import { isKeyKnown, keepProposal } from '../storage/issuer-keys.ts';
import { keyAnswer, lockOf } from './issuer-key-answer.ts';

type Propose = typeof ProposeIssuerKey;

function mustBeAKey(publicKeyMultibase: string): void {
  try {
    readPublicKey(publicKeyMultibase);
  } catch {
    const message = 'This is no Ed25519 key.';
    throw new Refusal('INVALID_INPUT', message, { faults: [{ pointer: '/publicKeyMultibase', code: 'INVALID_VALUE', message, hint: 'Copy it whole.' }] });
  }
}

/** Nothing public changes yet, so there is no event. */
export function proposeIssuerKey(input: InputOf<Propose>, { principal, now, unitOfWork, resolve }: OperationContext): Promise<OutputOf<Propose>> {
  mustBeAKey(input.publicKeyMultibase);
  const did = didOf(resolve(Settings).publicUrl, input.institution);
  return unitOfWork.run(async (tx) => {
    const institution = await lockOf(tx, input.institution);
    if (await isKeyKnown(tx, input.publicKeyMultibase)) throw takenKey();
    const key = propose(institution, { publicKeyMultibase: input.publicKeyMultibase, did }, randomUUID(), now);
    await keepProposal(tx, key, { changedBy: principal.subject, changedAt: now });
    return { ...keyAnswer(key, institution), challenge: key.challenge, challengeExpiresAt: key.challengeExpiresAt.toISOString() };
  });
}
