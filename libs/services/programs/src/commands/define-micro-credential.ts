import type { DefineMicroCredential } from '@mcr/contracts';
import { type InputOf, type OutputOf, newCtid } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { ownerAndOfferers } from '../domain/institution-facts.ts';
import { define, titleTaken } from '../domain/micro-credential.ts';
import { rulesInForce } from '../domain/rules/in-force.ts';
import { evaluate } from '../domain/rules/rule-set.ts';
import { institutionsByCode } from '../storage/institutions.ts';
import { holdTitle, openMicroCredential, saveDraft } from '../storage/micro-credentials.ts';
import { answer } from './answer.ts';

type Define = typeof DefineMicroCredential;

/** Writes a draft, however incomplete; its rule results say what is missing for publication. */
export function defineMicroCredential(input: InputOf<Define>, { principal, now, unitOfWork }: OperationContext): Promise<OutputOf<Define>> {
  const ctid = input.ctid ?? newCtid();
  return unitOfWork.run(async (tx) => {
    const known = await institutionsByCode(tx, [input.ownedBy, ...(input.offeredBy ?? [])]);
    const { owner, offerers } = ownerAndOfferers(known, input.ownedBy, input.offeredBy);
    const microCredential = await openMicroCredential(tx, ctid, owner.ctid);
    const draft = define(microCredential, { ownedBy: owner.ctid, offeredBy: offerers, definition: input.definition });
    if (!(await holdTitle(tx, draft))) throw titleTaken();
    await saveDraft(tx, draft, { changedBy: principal.subject, changedAt: now });
    return answer(draft, owner.code, evaluate(rulesInForce, draft.definition));
  });
}
