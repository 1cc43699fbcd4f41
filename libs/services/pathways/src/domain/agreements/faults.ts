import { type Fault, pointerTo } from '@mcr/event-kit';
import {
  type Agreement as AgreementFact,
  type FactFault,
  type FactFaultCode,
  type PathwayEngine,
  checkAgreement,
  checkAgreementAgainst,
} from '@mcr/pathway-engine';
import type { Facts, FromItem, Grant, Institution, Kind, Proposal } from '../agreement.ts';
import { agreementFact } from '../facts/graph-facts.ts';

/** The institutions that may stand in an agreement: their identity was approved once. A suspension does not end what was agreed. */
const MEMBERS: ReadonlySet<string> = new Set(['ACTIVE', 'SUSPENDED']);

const isMember = (institution: Institution | undefined): institution is Institution => institution !== undefined && MEMBERS.has(institution.status);

function faultsOfParties({ sender, receiver }: Proposal, { institutions }: Facts): Fault[] {
  return (['sender', 'receiver'] as const)
    .filter((side) => !isMember(institutions.get(side === 'sender' ? sender : receiver)))
    .map((side): Fault => ({ pointer: `/${side}`, code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this code takes part in the registry.' }));
}

/** For what is without credit these may be agreed, and BLOCK where the evidence is named. */
const WITHOUT_CREDIT: readonly Kind[] = ['UNASSIGNED', 'EXEMPTION', 'INDIVIDUAL_ASSESSMENT'];

function faultsOfItem(item: FromItem, at: number, { sender, kind, evidenceUrl }: Proposal, facts: Facts): Fault[] {
  const pointer = pointerTo('from', at, 'microCredential');
  const institution = facts.institutions.get(sender);
  const known = facts.microCredentials.get(item.microCredential);
  if (!known || (institution && !known.offeredBy.includes(institution.ctid))) {
    return [{ pointer, code: 'MICRO_CREDENTIAL_NOT_FOUND', message: 'The sender offers no published micro-credential of this CTID.' }];
  }
  if (!known.isNonCredit || WITHOUT_CREDIT.includes(kind) || (kind === 'BLOCK' && evidenceUrl !== undefined)) return [];
  const hint =
    kind === 'BLOCK' ? 'Name in evidenceUrl what the block was based on.' : `Use ${WITHOUT_CREDIT.join(', ')}, or BLOCK with evidenceUrl; or leave it out.`;
  return [{ pointer, code: 'NONCREDIT_ASSIGNED', message: `A non-credit micro-credential cannot stand in an agreement of kind ${kind} as it is.`, hint }];
}

function faultsOfGrant({ credits, waives }: Grant, at: number, kind: Kind): Fault[] {
  if (credits > 0 || waives !== undefined || kind === 'EXEMPTION') return [];
  const message = 'Credit of 0 is given only by what waives a requirement.';
  return [{ pointer: pointerTo('grants', at, 'credits'), code: 'CREDITS_REQUIRED', message, hint: 'Say how many, or use NO_CREDIT without grants.' }];
}

function faultsOfDays({ startDate, endDate }: Proposal): Fault[] {
  if (endDate === undefined || endDate > startDate) return [];
  const hint = 'Leave endDate out for an ongoing agreement.';
  return [{ pointer: '/endDate', code: 'END_NOT_AFTER_START', message: 'The last day must come after the first.', hint }];
}

/** What the library calls otherwise than commands do; null: said here already, in the words of people. */
const codes: Partial<Record<FactFaultCode, string | null>> = {
  SELF_AGREEMENT: 'SENDER_IS_RECEIVER',
  DUPLICATE: 'DUPLICATE_ITEM',
  UNKNOWN_CREDENTIAL: 'PATHWAY_NOT_FOUND',
  UNKNOWN_MICRO_CREDENTIAL: null,
  NONCREDIT_ASSIGNED: null,
  EMPTY_TERM: null,
  OVERLAP: null,
};

function inPeoplesWords({ code, pointer, message, hint }: FactFault): Fault[] {
  const said = codes[code];
  if (said === null) return [];
  // The library counts in hundredths of a percent.
  const plain = code === 'RANGE_REVERSED' ? 'The highest grade is below the least.' : message;
  return [{ pointer, code: said ?? code, message: plain, ...(hint !== undefined && { hint }) }];
}

/** As the engine would be told of it; institutions that are not known by their codes. */
export function factOfProposal(proposal: Proposal, ctid: string, { institutions }: Facts, today: string): AgreementFact {
  const ctidOf = (code: string) => institutions.get(code)?.ctid ?? code;
  return agreementFact({
    ...proposal,
    ctid,
    sendingOrganization: ctidOf(proposal.sender),
    receivingOrganization: ctidOf(proposal.receiver),
    recordedOn: today,
  });
}

/** Everything that stands against an agreement by itself and by what is known of those it names; how it stands to others is asked elsewhere. */
export function faultsOfProposal(proposal: Proposal, facts: Facts): Fault[] {
  return [
    ...faultsOfParties(proposal, facts),
    ...checkAgreement(factOfProposal(proposal, 'ce-', facts, proposal.startDate)).flatMap(inPeoplesWords),
    ...faultsOfDays(proposal),
    ...proposal.from.flatMap((item, at) => faultsOfItem(item, at, proposal, facts)),
    ...proposal.grants.flatMap((grant, at) => faultsOfGrant(grant, at, proposal.kind)),
  ];
}

/** What stands against it beside the receiver's pathways and the micro-credentials that the engine knows, and not by itself. */
export function faultsBesidePathways({ graph }: PathwayEngine, fact: AgreementFact): Fault[] {
  const byItself = new Set(checkAgreement(fact).map(({ pointer, code }) => `${pointer} ${code}`));
  return checkAgreementAgainst(graph, fact)
    .filter(({ pointer, code }) => !byItself.has(`${pointer} ${code}`))
    .flatMap(inPeoplesWords);
}
