import type { Agreement, AgreementKind } from '../facts/agreement.ts';
import type { Credential } from '../facts/credential.ts';
import type { Facts, Situation } from '../facts/facts.ts';
import { bestOf, gives, proofsOf, unitsOf, type Proof } from './evidence.ts';

/** An agreement that applies, with the best completion for each thing that it asks for. */
export interface Standing {
  readonly agreement: Agreement;
  readonly units: readonly string[];
  readonly best: readonly Proof[];
}

/** What holds for one credential in one situation, before anything is placed. */
export interface Ground {
  readonly unitOf: (microCredential: string) => string;
  readonly proofs: readonly Proof[];
  readonly applying: readonly Standing[];
  readonly winners: readonly Standing[];
}

const ranks: Readonly<Record<AgreementKind, number>> = {
  ASSIGNED: 0,
  CLUSTER: 0,
  CONDITIONAL: 0,
  STACK: 0,
  PLAR: 0,
  BLOCK: 1,
  EXEMPTION: 1,
  UNASSIGNED: 2,
  NO_CREDIT: 3,
  INDIVIDUAL_ASSESSMENT: 4,
};

const inOrder = (a: Standing, b: Standing): number =>
  b.agreement.priority - a.agreement.priority ||
  b.units.length - a.units.length ||
  ranks[a.agreement.kind] - ranks[b.agreement.kind] ||
  b.agreement.recordedOn - a.agreement.recordedOn ||
  (a.agreement.id < b.agreement.id ? -1 : 1);

const collide = (a: Standing, b: Standing): boolean =>
  a.units.some((unit) => b.units.includes(unit)) || (a.agreement.exclusiveGroup !== undefined && a.agreement.exclusiveGroup === b.agreement.exclusiveGroup);

/** Which agreements apply to a credential, and which of them win. */
export function groundOf(facts: Facts, credential: Credential, situation: Situation): Ground {
  const unitOf = unitsOf(facts);
  const proofs = proofsOf(situation, unitOf);
  const declared = new Set(situation.declares);
  const concerns = ({ kind, receiver, programScope, conditions = [] }: Agreement) =>
    kind !== 'INDIVIDUAL_ASSESSMENT' &&
    receiver === credential.institution &&
    (programScope === undefined || programScope.includes(credential.id)) &&
    conditions.every(({ declares }) => declared.has(declares));
  const applying = facts.agreements.filter(concerns).flatMap((agreement): Standing[] => {
    const units = agreement.from.map((thing) => unitOf(thing.microCredential));
    const best = agreement.from.map((thing, at) => bestOf(proofs.filter((proof) => gives(proof, units[at]!, thing, agreement, situation.asOf))));
    return best.every((proof) => proof !== undefined) ? [{ agreement, units: [...new Set(units)], best }] : [];
  });
  const winners: Standing[] = [];
  for (const next of applying.toSorted(inOrder)) if (!winners.some((winner) => collide(winner, next))) winners.push(next);
  return { unitOf, proofs, applying, winners };
}
