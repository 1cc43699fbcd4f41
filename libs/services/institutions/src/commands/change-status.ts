import {
  type ActivateInstitution,
  InstitutionActivated,
  InstitutionReinstated,
  InstitutionSuspended,
  InstitutionVerified,
  type ReinstateInstitution,
  type SuspendInstitution,
  type VerifyInstitution,
} from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { type Institution, activate, reinstate, requireVersion, snapshotOf, suspend, verify } from '../domain/institution.ts';
import { lockInstitution, updateInstitution } from '../storage/institutions.ts';
import { answer } from './answer.ts';

type Answer = OutputOf<typeof VerifyInstitution>;
type Change = (institution: Institution) => Institution;

export const verifyInstitution = (input: InputOf<typeof VerifyInstitution>, context: OperationContext): Promise<Answer> =>
  change(input, context, InstitutionVerified, (institution) => verify(institution, context.principal.subject));

export const activateInstitution = (input: InputOf<typeof ActivateInstitution>, context: OperationContext): Promise<Answer> =>
  change(input, context, InstitutionActivated, (institution) => activate(institution, context.principal.subject));

export const suspendInstitution = (input: InputOf<typeof SuspendInstitution>, context: OperationContext): Promise<Answer> =>
  change(input, context, InstitutionSuspended, (institution) => suspend(institution, input.reason));

export const reinstateInstitution = (input: InputOf<typeof ReinstateInstitution>, context: OperationContext): Promise<Answer> =>
  change(input, context, InstitutionReinstated, (institution) => reinstate(institution, input.reason ?? null));

/** Load, decide, save and append: the same for every step of an institution's life. */
function change(
  { institution: code, expectedVersion }: InputOf<typeof VerifyInstitution>,
  { principal, now, unitOfWork }: OperationContext,
  event: typeof InstitutionVerified,
  decide: Change,
): Promise<Answer> {
  return unitOfWork.run(async (tx) => {
    const institution = await lockInstitution(tx, { code });
    if (!institution) throw new Refusal('INSTITUTION_NOT_FOUND', `There is no institution with the code ${code}.`);
    requireVersion(institution, expectedVersion);
    const next = decide(institution);
    await updateInstitution(tx, next, { changedBy: principal.subject, changedAt: now });
    tx.append(event, snapshotOf(next), { version: next.version, now });
    return answer(next);
  });
}
