import { type PublishAgreement, TransferAgreementActivated } from '@mcr/contracts';
import { type Fault, type InputOf, type OutputOf, newCtid } from '@mcr/event-kit';
import type { EventfulTransaction } from '@mcr/messaging';
import type { OperationContext } from '@mcr/runtime';
import { faultsOfProposal } from '../domain/agreement.ts';
import { groundOf, overlap } from '../domain/ground.ts';
import { FIRST_VERSION, insertAgreement, isAgreement, periodsOn } from '../storage/agreements.ts';
import { factsAbout, lockReceiver } from '../storage/facts.ts';
import { awaitFacts } from './await-facts.ts';
import { refusalFor } from './refusal-for.ts';

type Input = InputOf<typeof PublishAgreement>;
type Output = OutputOf<typeof PublishAgreement>;

/** What stands against it among the agreements that exist. Asked under the receiver's lock, so nobody else can publish one meanwhile. */
async function conflictsOf(tx: EventfulTransaction, input: Input, ground: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (input.ctid !== undefined && (await isAgreement(tx, input.ctid))) {
    faults.push({ pointer: '/ctid', code: 'CTID_TAKEN', message: 'Another agreement has this CTID.' });
  }
  if ((await periodsOn(tx, ground)).some((period) => overlap(period, input))) {
    const message = 'An active agreement of these institutions covers the same micro-credentials and courses on some of these days.';
    faults.push({ pointer: '/startDate', code: 'OVERLAP', message, hint: 'Choose days that no other agreement covers.' });
  }
  return faults;
}

async function publish(tx: EventfulTransaction, input: Input, { principal, now }: OperationContext): Promise<Output> {
  await lockReceiver(tx, input.receiver);
  const facts = await factsAbout(tx, input);
  const [sender, receiver] = [facts.institutions.get(input.sender), facts.institutions.get(input.receiver)];
  const { kind, from, grants, startDate, endDate } = input;
  const ground = groundOf({ sender: sender?.ctid ?? '', receiver: receiver?.ctid ?? '', from, grants });
  const faults = [...faultsOfProposal(input, facts), ...(await conflictsOf(tx, input, ground))];
  if (faults.length > 0 || !sender || !receiver) throw refusalFor(faults);

  const terms = { kind, from, grants, startDate, ...(endDate === undefined ? {} : { endDate }) };
  const agreement = { ctid: input.ctid ?? newCtid(), sendingOrganization: sender.ctid, receivingOrganization: receiver.ctid, ...terms };
  if (!(await insertAgreement(tx, { ...agreement, ground }, { by: principal.subject, at: now }))) {
    throw refusalFor([{ pointer: '/ctid', code: 'CTID_TAKEN', message: 'Another agreement has this CTID.' }]);
  }
  tx.append(TransferAgreementActivated, { ...agreement, status: 'ACTIVE' }, { version: FIRST_VERSION, now });
  return { ctid: agreement.ctid, version: FIRST_VERSION, kind, startDate, endDate, status: 'ACTIVE' };
}

/** Lists an agreement; it is active at once, on the days that it names. */
export async function publishAgreement(input: Input, context: OperationContext): Promise<Output> {
  await awaitFacts(context, async () => faultsOfProposal(input, await factsAbout(context.database, input)).length === 0);
  return context.unitOfWork.run((tx) => publish(tx, input, context));
}
