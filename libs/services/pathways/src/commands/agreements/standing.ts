import type { Transaction } from '@mcr/database';
import { PathwayEngine } from '@mcr/pathway-engine';
import type { Facts, Proposal } from '../../domain/agreement.ts';
import { type BesideOthers, besideOthers } from '../../domain/agreements/beside-others.ts';
import { factOfProposal, faultsBesidePathways } from '../../domain/agreements/faults.ts';
import { agreementFact } from '../../domain/facts/graph-facts.ts';
import { agreementsAt } from '../../storage/agreements.ts';
import { microCredentialFacts } from '../../storage/facts.ts';
import { pathwaysAt } from '../../storage/pathways-at.ts';

interface Asked {
  readonly proposal: Proposal;
  readonly ctid: string;
  readonly facts: Facts;
  readonly today: string;
  readonly mayTie: boolean;
}

/**
 * How an agreement stands to what is there at its receiver: the agreements that share a micro-credential with it, and the pathways that it
 * names. Asked under the receiver's lock, so that nobody adds one meanwhile. No micro-credential is the same as another here, so those that share
 * one are all that can be for the same learning.
 */
export async function standingAt(tx: Transaction, { proposal, ctid, facts, today, mayTie }: Asked): Promise<BesideOthers> {
  const [sender, receiver] = [facts.institutions.get(proposal.sender), facts.institutions.get(proposal.receiver)];
  if (!sender || !receiver) return { faults: [], notices: [] };
  const items = proposal.from.map(({ microCredential }) => microCredential);
  const others = await agreementsAt(tx, receiver.ctid, items);
  const namesPathways = proposal.programScope !== undefined || proposal.grants.some(({ waives }) => waives !== undefined);
  const engine = new PathwayEngine();
  for (const one of await microCredentialFacts(tx, items)) engine.graph.putMicroCredential(one);
  for (const one of namesPathways ? await pathwaysAt(tx, receiver.ctid) : []) engine.graph.putCredential(one);
  for (const one of others) engine.graph.putAgreement(agreementFact(one));
  const fact = factOfProposal(proposal, ctid, facts, today);
  const whole = { ...proposal, ctid, sendingOrganization: sender.ctid, receivingOrganization: receiver.ctid, recordedOn: today };
  const beside = besideOthers(engine, { agreement: whole, fact, mayTie }, others);
  return { ...beside, faults: [...faultsBesidePathways(engine, fact), ...beside.faults] };
}
