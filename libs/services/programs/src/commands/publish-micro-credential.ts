import { MicroCredentialPublished, type PublishMicroCredential } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { requireNotSuspended } from '../domain/institution-facts.ts';
import { publish, snapshotOf } from '../domain/micro-credential.ts';
import { rulesInForce } from '../domain/rules/in-force.ts';
import { institutionByCtid } from '../storage/institutions.ts';
import { findVersion, lockMicroCredential, savePublished } from '../storage/micro-credentials.ts';
import { answer } from './answer.ts';

type Publish = typeof PublishMicroCredential;

export function publishMicroCredential({ ctid, version }: InputOf<Publish>, { principal, now, unitOfWork }: OperationContext): Promise<OutputOf<Publish>> {
  return unitOfWork.run(async (tx) => {
    const microCredential = await lockMicroCredential(tx, ctid);
    if (!microCredential) throw new Refusal('MICRO_CREDENTIAL_NOT_FOUND');
    const owner = await institutionByCtid(tx, microCredential.ownedBy);
    requireNotSuspended(owner);
    const draft = await findVersion(tx, ctid, version);
    if (!draft) throw new Refusal('MICRO_CREDENTIAL_NOT_FOUND', `The micro-credential has no version ${version}.`);
    const { published, evaluations } = publish(draft, rulesInForce);
    const aggregateVersion = microCredential.aggregateVersion + 1;
    await savePublished(tx, published, aggregateVersion, { changedBy: principal.subject, changedAt: now });
    tx.append(MicroCredentialPublished, snapshotOf(published), { version: aggregateVersion, now });
    return answer(published, owner.code, evaluations);
  });
}
