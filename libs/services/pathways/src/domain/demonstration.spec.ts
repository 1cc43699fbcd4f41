import { beforeAll, describe, expect, it } from '@jest/globals';
import { PathwayLimitKind, RequirementNode } from '@mcr/contracts';
import {
  PathwayEngine,
  agreementKinds,
  checkAgreement,
  checkAgreementAgainst,
  checkCredential,
  checkCredentialAgainst,
  conflictsOf,
  dayOf,
} from '@mcr/pathway-engine';
import type { Credential, Requirement, ShareCap } from '@mcr/pathway-engine';
import { checkPlan } from '@mcr/pathway-engine/checker';
import { DEMONSTRATION_DAY, demonstrationFacts } from '../testing/demonstration.ts';

const facts = demonstrationFacts();
const asOf = dayOf(DEMONSTRATION_DAY);
const declarations = ['WORKS_IN_THE_FIELD', 'CO_OP'];

function nodesIn(requirement: Requirement): string[] {
  const below = 'of' in requirement && Array.isArray(requirement.of) && requirement.node !== 'SECTIONS' ? (requirement.of as readonly Requirement[]) : [];
  const branches = requirement.node === 'IF' ? [requirement.then, ...(requirement.otherwise ? [requirement.otherwise] : [])] : [];
  const within = requirement.node === 'AT_MOST' ? [requirement.within] : [];
  return [requirement.node, ...[...below, ...branches, ...within].flatMap(nodesIn)];
}

describe('the pathways and agreements of the demonstration', () => {
  const engine = new PathwayEngine({ ...facts, agreements: [] });
  const losers = new Map<string, number>();

  beforeAll(() => {
    for (const agreement of facts.agreements) {
      const faults = [...checkAgreement(agreement), ...checkAgreementAgainst(engine.graph, agreement)];
      const conflicts = conflictsOf(engine.graph, agreement);
      expect({ agreement, faults, refused: conflicts.filter(({ refused }) => refused) }).toEqual({ agreement, faults: [], refused: [] });
      for (const { kind } of conflicts) losers.set(kind, (losers.get(kind) ?? 0) + 1);
      engine.graph.putAgreement(agreement);
    }
  });

  it('are without a fault, and no two agreements stand against each other without anything to decide between them', () => {
    expect(engine.countsFor({ held: [], asOf })).toEqual([]);
  });

  it('have agreements of every kind', () => {
    expect(new Set(facts.agreements.map(({ kind }) => kind))).toEqual(new Set(agreementKinds));
  });

  it('have agreements that lose to others, of several classes', () => {
    expect(losers.get('BLANKET_VS_REAL')).toBeGreaterThanOrEqual(5);
    expect(losers.get('MULTIPLE_REAL')).toBeGreaterThanOrEqual(5);
  });

  it('use every kind of requirement and of limit', () => {
    expect(new Set(facts.credentials.flatMap(({ requirement }) => nodesIn(requirement)))).toEqual(new Set(RequirementNode.options));
    expect(new Set(facts.credentials.flatMap(({ limits = [] }) => limits.map(({ limit }) => limit)))).toEqual(new Set(PathwayLimitKind.options));
  });

  it('have a diploma that shares no more than half of its credit with a certificate, so that both together take more', () => {
    const limited = facts.credentials.find(({ sharing }) => sharing?.across)!;
    const [{ with: certificate = '' }] = limited.sharing!.across as readonly [ShareCap];
    expect(facts.credentials.findIndex(({ id }) => id === certificate)).toBeLessThan(facts.credentials.indexOf(limited));
    const free = new PathwayEngine({ ...facts, credentials: facts.credentials.map((one) => (one === limited ? { ...one, sharing: undefined } : one)) });
    const costOf = (asked: PathwayEngine): number => {
      const planned = asked.together([certificate, limited.id], { held: [], asOf }, {}, { nodes: 200_000, until: Infinity, now: () => 0 });
      if (planned.proof !== 'OPTIMAL') throw new Error(`There is no proven plan: ${planned.proof}.`);
      return planned.totals.COST;
    };
    expect(costOf(engine)).toBeGreaterThan(costOf(free));
  });

  describe.each(facts.credentials.map((credential) => [credential.name, credential] as const))('%s', (_name, credential: Credential) => {
    it('has no fault', () => {
      expect([...checkCredential(credential), ...checkCredentialAgainst(engine.graph, credential)]).toEqual([]);
    });

    it.each([[[]], [declarations]])('can be completed from nothing, except what somebody has to look at (declaring %j)', (declares) => {
      const situation = { held: [], asOf, declares };
      const planned = engine.cheapest(credential.id, situation, {}, { nodes: 200_000, until: Infinity, now: () => 0 });
      if (!('plan' in planned)) throw new Error(`There is no plan: ${planned.proof}.`);
      const { faults, verdict } = checkPlan(facts, credential.id, { ...situation, planned: planned.plan }, {}, planned.assignment, planned.totals);
      expect({ proof: planned.proof, faults, verdict }).toEqual({ proof: 'OPTIMAL', faults: [], verdict: planned.verdict });
      expect(planned.plan.length).toBeGreaterThan(0);
    });
  });
});
