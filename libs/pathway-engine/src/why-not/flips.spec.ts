import { describe, expect, it } from '@jest/globals';
import { checkAgreement, checkAgreementAgainst } from '../facts-check/agreement.ts';
import { checkAssignment } from '../checker/check-answer.ts';
import { PathwayEngine } from '../engine.ts';
import type { Agreement } from '../facts/agreement.ts';
import type { Facts } from '../facts/facts.ts';
import { Graph } from '../graph/graph.ts';
import { randomInstance } from '../testing/index.ts';
import type { Instance } from '../testing/index.ts';
import type { WhyNotTarget } from './ask.ts';
import { holdingOf, worldOf } from './ask.ts';
import { applyFix } from './fix.ts';
import type { Fix, World } from './fix.ts';
import { whyNotCodes } from './reason.ts';
import type { WhyNotCode } from './reason.ts';
import { viewOf } from './view.ts';
import type { WhyNotPath } from './why-not.ts';

const SEEDS = 200;
const instances = Array.from({ length: SEEDS }, (_, index) => randomInstance(index + 1, { candidates: 4 + (index % 5) }));

const mended = ({ facts, situation }: World, fixes: readonly Fix[]): World =>
  fixes.reduce((world, fix) => applyFix(world.facts, world.situation, fix), { facts, situation });

/** Without a node to look for ways only the verdict is asked. */
const verdictOnly = { nodes: 0, until: Infinity, now: () => 0 };

/** Asked of all facts, not of those alone that the answer was found in. */
const isRecognised = ({ facts, situation }: World, target: WhyNotTarget, item: string): boolean =>
  new PathwayEngine(facts).whyNot(situation, target, { items: [item], budget: verdictOnly })[0]!.recognised;

/** Receivers, the whole credential, and two of its requirements and limits, others for each instance. */
function targetsOf({ facts, credential }: Instance, seed: number): WhyNotTarget[] {
  const { requirements, limits } = new PathwayEngine(facts).audit(credential, { held: [], asOf: 0 });
  const ids = [...requirements, ...limits, ...limits].map(({ id }) => id);
  const places = [...new Set([0, 1].map((turn) => ids[(seed * 7 + turn * 3) % ids.length]!))];
  return [{ receiver: 'R' }, { receiver: 'T' }, { credential }, ...places.map((place) => ({ credential, place }))];
}

/** What is wrong with agreements by themselves, and those that give a course for what is without credit. */
function faultsOf(facts: Facts): string[] {
  const graph = Graph.of(facts);
  const isNoncreditAssigned = (one: Agreement) => one.kind !== 'STACK' && checkAgreementAgainst(graph, one).some(({ code }) => code === 'NONCREDIT_ASSIGNED');
  return [
    ...facts.agreements.flatMap((one) => checkAgreement(one).map(({ code, pointer }) => `${one.id} ${code} ${pointer}`)),
    ...facts.agreements.filter(isNoncreditAssigned).map(({ id }) => `${id} NONCREDIT_ASSIGNED`),
  ];
}

/** What is wrong with one way out, if anything. */
function wrongWith({ fixes }: WhyNotPath, instance: Instance, target: WhyNotTarget, item: string, faultsBefore: ReadonlySet<string>): string[] {
  const world = mended(instance, fixes);
  const without = (left: Fix) => mended(instance, fixes.filter((fix) => fix !== left)); // prettier-ignore
  return [
    ...(isRecognised(world, target, item) ? [] : ['it leads nowhere']),
    ...fixes.filter((left) => isRecognised(without(left), target, item)).map((left) => `it does not need ${JSON.stringify(left)}`),
    ...faultsOf(world.facts).filter((fault) => !faultsBefore.has(fault)),
  ];
}

describe('Every no', () => {
  it('has a way out, and each is a way out with every fix, and with one left out is none', () => {
    const met = new Set<WhyNotCode>();
    for (const [seed, instance] of instances.entries()) {
      const faults = new Set(faultsOf(instance.facts));
      for (const target of targetsOf(instance, seed))
        for (const { microCredential, recognised, paths } of new PathwayEngine(instance.facts).whyNot(instance.situation, target)) {
          const asked = { seed, target, microCredential };
          expect({ ...asked, ways: paths.length > 0 }).toEqual({ ...asked, ways: !recognised });
          for (const path of paths) {
            for (const { code } of path.reasons) met.add(code);
            expect({ ...asked, path, wrong: wrongWith(path, instance, target, microCredential, faults) }).toEqual({ ...asked, path, wrong: [] });
          }
        }
    }
    expect(whyNotCodes.length - met.size).toBeLessThan(3);
  });
});

describe('What is recognised', () => {
  it('by a receiver is its own, or what an agreement counts', () => {
    for (const [seed, { facts, situation }] of instances.entries()) {
      const engine = new PathwayEngine(facts);
      const counted = engine.countsFor(situation, { receiver: 'R' }).flatMap(({ answers }) => answers.filter(({ outcome }) => outcome === 'COUNTS'));
      const units = new Set(counted.flatMap(({ agreement }) => agreement.from.map((thing) => engine.graph.unit(thing.microCredential))));
      for (const { microCredential, recognised } of engine.whyNot(situation, { receiver: 'R' })) {
        const isOwn = engine.graph.microCredentials.get(microCredential)!.issuer === 'R';
        if (!isOwn) expect({ seed, microCredential, recognised }).toEqual({ seed, microCredential, recognised: units.has(engine.graph.unit(microCredential)) });
      }
    }
  });

  it('by a credential is read from an assignment that the checker accepts, that holds the one of the audit, and gives its verdict', () => {
    for (const [seed, { facts, credential, situation }] of instances.entries()) {
      const engine = new PathwayEngine(facts);
      const [held] = situation.held;
      if (!held) continue;
      const ask = { microCredential: held.microCredential, receiver: 'R', target: { credential } };
      const { compiled, placed } = viewOf(worldOf(engine.graph, ask, [held.microCredential], holdingOf(engine.graph, situation)), ask).shown!;
      const shown = placed.map(({ piece, place }) => ({ source: piece.ref, place: compiled.tree.places[place]!.id }));
      const { verdict, assignment } = engine.audit(credential, situation);
      const checked = checkAssignment(facts, credential, situation, shown);
      expect({ seed, verdict: checked.verdict, faults: checked.faults }).toEqual({ seed, verdict, faults: [] });
      expect(shown).toEqual(expect.arrayContaining([...assignment]));
    }
  });
});
