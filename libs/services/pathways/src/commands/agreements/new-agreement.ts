import type { ProposeAgreement } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import { type Fault, type InputOf, dayInBritishColumbia, newCtid, refusalFor } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { type Agreement, type NewAgreement, type Signature, listSigned, propose } from '../../domain/agreements/life.ts';
import type { Facts } from '../../domain/agreement.ts';
import { faultsOfProposal } from '../../domain/agreements/faults.ts';
import { insertAgreement, isAgreement } from '../../storage/agreements.ts';
import { factsAbout, lockReceiver } from '../../storage/facts.ts';
import { isPathway } from '../../storage/pathways.ts';
import { awaitFacts } from '../await-facts.ts';
import { type AgreementAnswer, answer, appendState } from './agreement-answer.ts';
import { standingAt } from './standing.ts';

type Input = InputOf<typeof ProposeAgreement>;

const taken = (by: string): Fault => ({ pointer: '/ctid', code: 'CTID_TAKEN', message: `${by} has this CTID.` });
const TAKEN = taken('Another agreement');

/** Agreements and pathways are told of on one topic, each under its CTID: one that both have would be one thing there. */
async function faultsOfCtid(tx: Transaction, ctid: string): Promise<Fault[]> {
  if (await isAgreement(tx, ctid)) return [TAKEN];
  return (await isPathway(tx, ctid)) ? [taken('A pathway')] : [];
}

/** The sender's own staff may not propose while it is suspended. */
function faultsOfSender({ sender }: Input, { institutions }: Facts): Fault[] {
  if (institutions.get(sender)?.status !== 'SUSPENDED') return [];
  return [{ pointer: '/sender', code: 'INSTITUTION_SUSPENDED', message: 'A suspended institution signs nothing.' }];
}

interface Way {
  readonly through: Signature['through'];
  readonly begin: (terms: NewAgreement, signature: Signature) => Agreement;
  readonly faultsOf: (input: Input, facts: Facts) => readonly Fault[];
  readonly mayTie: boolean;
}

async function write(input: Input, way: Way, { unitOfWork, principal, now }: OperationContext): Promise<AgreementAnswer> {
  const today = dayInBritishColumbia(now);
  const { sender, receiver, ctid = newCtid(), ...terms } = input;
  return unitOfWork.run(async (tx) => {
    await lockReceiver(tx, receiver);
    const facts = await factsAbout(tx, input);
    const standing = await standingAt(tx, { proposal: input, ctid, facts, today, mayTie: way.mayTie });
    const faults = [...faultsOfProposal(input, facts), ...way.faultsOf(input, facts), ...(await faultsOfCtid(tx, ctid)), ...standing.faults];
    if (faults.length > 0) throw refusalFor(faults);

    const [sending, receiving] = [facts.institutions.get(sender)!, facts.institutions.get(receiver)!];
    const parties = { ctid, sendingOrganization: sending.ctid, receivingOrganization: receiving.ctid };
    const agreement = way.begin({ ...parties, ...terms }, { by: principal.subject, on: today, through: way.through });
    if (!(await insertAgreement(tx, agreement, { by: principal.subject, at: now }))) throw refusalFor([TAKEN]);
    appendState(tx, agreement, now);
    return answer(agreement, today, standing.notices);
  });
}

async function begin(input: Input, way: Way, context: OperationContext): Promise<AgreementAnswer> {
  await awaitFacts(context, async () => faultsOfProposal(input, await factsAbout(context.database, input)).length === 0);
  return write(input, way, context);
}

/** Lists an agreement that was signed elsewhere; it counts at once, on the days that it names. */
export const publishAgreement = (input: Input, context: OperationContext): Promise<AgreementAnswer> =>
  begin(input, { through: 'REGISTRAR', begin: listSigned, faultsOf: () => [], mayTie: false }, context);

/** The sender signs an agreement. Nothing counts before the receiver signs it too. */
export const proposeAgreement = (input: Input, context: OperationContext): Promise<AgreementAnswer> =>
  begin(input, { through: 'INSTITUTION', begin: propose, faultsOf: faultsOfSender, mayTie: true }, context);
