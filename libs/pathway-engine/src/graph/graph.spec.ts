import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import type { Facts } from '../facts/facts.ts';
import { assigned, course, credential, facts, held, microCredential, situation } from '../testing/index.ts';

const asked = situation({ held: [held('a')] });
const verdict = (engine: PathwayEngine): string => engine.audit('cert', asked).verdict;

describe('Facts that come one by one', () => {
  const given: Facts = facts({
    microCredentials: [microCredential({ id: 'a' })],
    agreements: [assigned('1', 'a', 'X')],
    credentials: [credential(course('X'))],
  });

  it('change the answers that follow from them, at once', () => {
    const engine = new PathwayEngine({ ...given, agreements: [] });
    expect(verdict(engine)).toBe('INCOMPLETE');
    engine.graph.putAgreement(given.agreements[0]!);
    expect(verdict(engine)).toBe('COMPLETE');
    engine.graph.putAgreement({ ...given.agreements[0]!, validUntil: 1 });
    expect(verdict(engine)).toBe('INCOMPLETE');
    engine.graph.putAgreement(given.agreements[0]!);
    engine.graph.putCredential(credential(course('Y')));
    expect(verdict(engine)).toBe('INCOMPLETE');
    engine.graph.putCredential(given.credentials[0]!);
    engine.graph.removeAgreement('1');
    engine.graph.removeAgreement('1');
    expect(verdict(engine)).toBe('INCOMPLETE');
  });

  it('may come in any order, an agreement before what it names', () => {
    const engine = new PathwayEngine();
    engine.graph.putCredential(given.credentials[0]!);
    engine.graph.putAgreement(given.agreements[0]!);
    engine.graph.putMicroCredential(given.microCredentials[0]!);
    expect(verdict(engine)).toBe('COMPLETE');
  });

  it('move an agreement with what becomes the twin of another, and back', () => {
    const engine = new PathwayEngine({ ...given, agreements: [assigned('1', 'b', 'X')] });
    expect(verdict(engine)).toBe('INCOMPLETE');
    for (const id of ['b', 'a']) engine.graph.putMicroCredential(microCredential({ id, sameAs: 'the same' }));
    expect(verdict(engine)).toBe('COMPLETE');
    engine.graph.putMicroCredential(microCredential({ id: 'b' }));
    expect(verdict(engine)).toBe('INCOMPLETE');
    engine.graph.putMicroCredential(microCredential({ id: 'b', sameAs: 'the same' }));
    expect(verdict(engine)).toBe('COMPLETE');
    engine.graph.removeMicroCredential('b');
    expect(verdict(engine)).toBe('INCOMPLETE');
  });
});
