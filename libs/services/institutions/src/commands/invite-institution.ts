import { InstitutionInvited, type InviteInstitution } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal, type RefusalCode, newCtid } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { invite, snapshotOf } from '../domain/institution.ts';
import { insertInstitution, isCodeTaken } from '../storage/institutions.ts';
import { answer } from './answer.ts';

type Invite = typeof InviteInstitution;

/** Takes an institution into the registry. It may do nothing until it is verified and activated. */
export function inviteInstitution(input: InputOf<Invite>, { principal, now, unitOfWork }: OperationContext): Promise<OutputOf<Invite>> {
  const institution = invite({ ...input, ctid: input.ctid ?? newCtid(), subjectWebpage: input.subjectWebpage ?? null });
  return unitOfWork.run(async (tx) => {
    if (!(await insertInstitution(tx, institution, { changedBy: principal.subject, changedAt: now }))) {
      throw (await isCodeTaken(tx, input.code))
        ? taken('CODE_TAKEN', '/code', `The code ${input.code} belongs to another institution.`)
        : taken('CTID_TAKEN', '/ctid', 'The CTID belongs to another institution.');
    }
    tx.append(InstitutionInvited, snapshotOf(institution), { version: institution.version, now });
    return answer(institution);
  });
}

const taken = (code: RefusalCode, pointer: string, message: string): Refusal => new Refusal(code, message, { faults: [{ pointer, code, message }] });
