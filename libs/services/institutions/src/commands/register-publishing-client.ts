import { PublishingClientRegistered, type RegisterPublishingClient } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { register, takenBySomebody } from '../domain/publishing-client.ts';
import { lockInstitution, updateInstitution } from '../storage/institutions.ts';
import { findClient, insertClient } from '../storage/publishing-clients.ts';
import { clientAnswer, clientSnapshot } from './client-answer.ts';

type Register = typeof RegisterPublishingClient;

/** The same registration again changes nothing and is answered like the first. */
export function registerPublishingClient(input: InputOf<Register>, { principal, now, unitOfWork }: OperationContext): Promise<OutputOf<Register>> {
  const { institution: code, ...registration } = input;
  const change = { changedBy: principal.subject, changedAt: now };
  return unitOfWork.run(async (tx) => {
    const institution = await lockInstitution(tx, { code });
    if (!institution) throw new Refusal('INSTITUTION_NOT_FOUND', `There is no institution with the code ${code}.`);
    const known = await findClient(tx, input.clientId);
    const client = register(institution, known, registration);
    if (client !== known) {
      // Another institution may have taken the id since it was looked for.
      if (!(await insertClient(tx, client, change))) throw takenBySomebody();
      const next = { ...institution, version: institution.version + 1 };
      await updateInstitution(tx, next, change);
      tx.append(PublishingClientRegistered, clientSnapshot(client, institution), { version: next.version, now });
    }
    return clientAnswer(client, institution);
  });
}
