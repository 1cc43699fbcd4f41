import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import type { Facts } from '../facts/facts.ts';
import { canonicalText } from '../replay/canonical.ts';
import { applyFix } from '../why-not/fix.ts';
import { ofInstances } from './instances.ts';

describe('A no', () => {
  it('is a yes after every fix of any way that is said, and still a no with one of them left out', () => {
    ofInstances(15, ({ facts, credential, situation }) => {
      const isYes = (world: { facts: Facts; situation: typeof situation }, item: string): boolean =>
        new PathwayEngine(world.facts).whyNot(world.situation, { credential }, { items: [item] })[0]!.recognised;
      for (const { microCredential, recognised, paths } of new PathwayEngine(facts).whyNot(situation, { credential })) {
        expect(recognised).toBe(paths.length === 0);
        for (const { fixes } of paths) {
          const after = (some: typeof fixes) => some.reduce((world, fix) => applyFix(world.facts, world.situation, fix), { facts, situation });
          expect(isYes(after(fixes), microCredential)).toBe(true);
          for (const left of fixes) expect(isYes(after(fixes.filter((fix) => fix !== left)), microCredential)).toBe(false);
        }
      }
    });
  });
});

describe('A snapshot and what came after it', () => {
  it('give the same answers as everything from the beginning', () => {
    ofInstances(30, (instance, chance) => {
      const { facts, credential, situation, terms } = instance;
      const events = [
        ...facts.microCredentials.flatMap((one) => [{ ...one, cost: 1, sameAs: 'as before' }, one].map((each) => ({ microCredential: each }))),
        ...facts.agreements.flatMap((one) => [{ ...one, priority: 9, receiver: 'Q' }, one].map((each) => ({ agreement: each }))),
        ...facts.credentials.map((each) => ({ credential: each })),
      ];
      const tell = (engine: PathwayEngine, told: typeof events): PathwayEngine => {
        for (const event of told) {
          if ('microCredential' in event) engine.graph.putMicroCredential(event.microCredential);
          else if ('agreement' in event) engine.graph.putAgreement(event.agreement);
          else engine.graph.putCredential(event.credential);
        }
        return engine;
      };
      const cut = chance.between(0, events.length);
      const { graph } = tell(new PathwayEngine(), events.slice(0, cut));
      const snapshot: Facts = {
        microCredentials: [...graph.microCredentials.values()],
        agreements: [...graph.edges.values()].map(({ agreement }) => agreement),
        credentials: [...graph.credentials.values()],
      };
      const answer = (engine: PathwayEngine): string =>
        canonicalText([engine.countsFor(situation), engine.cheapest(credential, situation, terms, { nodes: 10_000, until: Infinity, now: () => 0 })]);
      const restored = tell(new PathwayEngine(JSON.parse(JSON.stringify(snapshot)) as Facts), events.slice(cut));
      expect(answer(restored)).toBe(answer(tell(new PathwayEngine(), events)));
    });
  });
});
