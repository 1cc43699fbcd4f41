import type { DeclineAgreement, EvaluateAgreement, SignAgreement, TerminateAgreement } from '@mcr/contracts';
import { type InputOf, Refusal, dayInBritishColumbia, refusalFor } from '@mcr/event-kit';
import type { EventfulTransaction } from '@mcr/messaging';
import type { OperationContext } from '@mcr/runtime';
import type { Notice } from '../../domain/agreements/beside-others.ts';
import { faultsOfProposal } from '../../domain/agreements/faults.ts';
import { type Agreement, decline, requireVersion, sign, startEvaluation, terminate } from '../../domain/agreements/life.ts';
import { lockAgreement, updateAgreement } from '../../storage/agreements.ts';
import { codesOf, factsAbout, institutionsByCode, lockReceiver } from '../../storage/facts.ts';
import { type AgreementAnswer, answer, appendState } from './agreement-answer.ts';
import { standingAt } from './standing.ts';

type Order = InputOf<typeof EvaluateAgreement>;

/** What a change is decided with. */
interface Decision {
  readonly tx: EventfulTransaction;
  readonly agreement: Agreement;
  readonly by: string;
  readonly today: string;
}
interface Decided {
  readonly next: Agreement;
  readonly notices?: readonly Notice[];
}
type Decide = (decision: Decision) => Decided | Promise<Decided>;

const isReceivers = ({ receivingOrganization }: Agreement, ctid: string): boolean => receivingOrganization === ctid;
const isOfEither = (agreement: Agreement, ctid: string): boolean => agreement.sendingOrganization === ctid || isReceivers(agreement, ctid);

/** The institution for which the caller acts. What is unknown here was never a party to anything. */
async function actingFor(tx: EventfulTransaction, code: string): Promise<string> {
  const institution = (await institutionsByCode(tx, [code])).get(code);
  if (!institution) throw new Refusal('AGREEMENT_NOT_FOUND');
  if (institution.status !== 'ACTIVE') throw new Refusal('INSTITUTION_SUSPENDED', `${code} is ${institution.status}; it signs and ends nothing now.`);
  return institution.ctid;
}

/** Load, decide, save and append: the same for every step of an agreement's life. Another institution's agreement is not found. */
function change(
  { institution, ctid, expectedVersion }: Omit<Order, 'institution'> & { readonly institution?: string },
  { principal, now, unitOfWork }: OperationContext,
  mayDecide: typeof isReceivers,
  decide: Decide,
): Promise<AgreementAnswer> {
  return unitOfWork.run(async (tx) => {
    const acting = institution === undefined ? undefined : await actingFor(tx, institution);
    const agreement = await lockAgreement(tx, ctid);
    if (!agreement || (acting !== undefined && !isOfEither(agreement, acting))) throw new Refusal('AGREEMENT_NOT_FOUND');
    if (acting !== undefined && !mayDecide(agreement, acting)) throw new Refusal('FORBIDDEN', 'The receiver of an agreement decides; you are its sender.');
    requireVersion(agreement, expectedVersion);
    const today = dayInBritishColumbia(now);
    const { next, notices } = await decide({ tx, agreement, by: principal.subject, today });
    await updateAgreement(tx, next, { by: principal.subject, at: now });
    appendState(tx, next, now);
    return answer(next, today, notices);
  });
}

export const evaluateAgreement = (input: Order, context: OperationContext): Promise<AgreementAnswer> =>
  change(input, context, isReceivers, ({ agreement }) => ({ next: startEvaluation(agreement) }));

export const declineAgreement = (input: InputOf<typeof DeclineAgreement>, context: OperationContext): Promise<AgreementAnswer> =>
  change(input, context, isReceivers, ({ agreement }) => ({ next: decline(agreement, input.reason) }));

export const terminateAgreement = (input: InputOf<typeof TerminateAgreement>, context: OperationContext): Promise<AgreementAnswer> =>
  change(input, context, isOfEither, ({ agreement, today }) => ({ next: terminate(agreement, { endDate: input.endDate, reason: input.reason, today }) }));

/** The receiver signs. All is checked again as on the first day, because much may have happened since. */
export const signAgreement = (input: InputOf<typeof SignAgreement>, context: OperationContext): Promise<AgreementAnswer> =>
  change(input, context, isReceivers, async ({ tx, agreement, by, today }) => {
    const next = sign(agreement, { by, on: today, through: 'INSTITUTION' });
    const [sender, receiver] = (await codesOf(tx, [agreement.sendingOrganization, agreement.receivingOrganization])) as [string, string];
    await lockReceiver(tx, receiver);
    const proposal = { ...agreement, sender, receiver };
    const facts = await factsAbout(tx, proposal);
    const standing = await standingAt(tx, { proposal, ctid: agreement.ctid, facts, today, mayTie: false });
    const faults = [...faultsOfProposal(proposal, facts), ...standing.faults];
    if (faults.length > 0) throw refusalFor(faults);
    return { next, notices: standing.notices };
  });
