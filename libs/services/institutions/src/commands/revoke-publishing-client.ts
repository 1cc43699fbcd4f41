import { PublishingClientRevoked, type RevokePublishingClient } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { revoke } from '../domain/publishing-client.ts';
import { lockInstitution, updateInstitution } from '../storage/institutions.ts';
import { findClient, updateClient } from '../storage/publishing-clients.ts';
import { clientAnswer, clientSnapshot } from './client-answer.ts';

type Revoke = typeof RevokePublishingClient;

const notFound = (): Refusal => new Refusal('PUBLISHING_CLIENT_NOT_FOUND');

export function revokePublishingClient(input: InputOf<Revoke>, { principal, now, unitOfWork }: OperationContext): Promise<OutputOf<Revoke>> {
  const change = { changedBy: principal.subject, changedAt: now };
  return unitOfWork.run(async (tx) => {
    const found = await findClient(tx, input.clientId);
    const institution = found && (await lockInstitution(tx, { ctid: found.institutionCtid }));
    if (!institution || (input.institution !== undefined && input.institution !== institution.code)) throw notFound();
    // Read again under the institution's lock: somebody may have revoked it in between.
    const client = await findClient(tx, input.clientId);
    if (!client) throw notFound();
    const revoked = revoke(client, input.reason ?? null);
    const next = { ...institution, version: institution.version + 1 };
    await updateClient(tx, revoked, change);
    await updateInstitution(tx, next, change);
    tx.append(PublishingClientRevoked, clientSnapshot(revoked, institution), { version: next.version, now });
    return clientAnswer(revoked, institution);
  });
}
