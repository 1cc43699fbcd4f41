import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Acknowledgement } from '../load/ledger.ts';
import type { Life } from '../load/lives.ts';
import { check } from './checker.ts';
import type { Findings, Promises } from './checker.ts';
import type { LogRow, Stores } from './stores.ts';

const AWARD = '0199aaaa-0000-7000-8000-000000000001';

function logOf(...events: readonly { topic: string; key: string; version: number; type: string; data?: object }[]): LogRow[] {
  const ends = new Map<string, { pos: number; hash: Buffer }>();
  return events.map(({ topic, key, version, type, data = {} }) => {
    const end = ends.get(topic) ?? { pos: 0, hash: Buffer.alloc(32) };
    const event = JSON.stringify({ type, data });
    const row = { topic, partition: 0, pos: end.pos + 1, key, version, type, event, hash: createHash('sha256').update(end.hash).update(event).digest() };
    ends.set(topic, row);
    return row;
  });
}

const issued = { topic: 'mcr.awards.v1', key: `urn:uuid:${AWARD}`, version: 1, type: 'ca.bc.mcr.award.issued.v1', data: { sourceAwardId: 'A-1' } };
const revoked = { ...issued, version: 2, type: 'ca.bc.mcr.award.revoked.v1' };
const decided = (key: string) => ({ topic: 'mcr.submissions.v1', key, version: 1, type: 'ca.bc.mcr.submission.decided.v1' });
const answer = (eventId: string, submissionId: string): Acknowledgement => ({ institution: 'KILA', eventId, submissionId, state: 'ACCEPTED' });
const submission = (eventId: string, submissionId: string) => ({
  institution: 'KILA',
  eventId,
  submissionId,
  state: 'ACCEPTED',
  conflict: false,
  awardId: AWARD,
});

const promises: Promises = {
  lives: [{ institution: 'KILA', sourceAwardId: 'A-1', sends: [], ends: 'REVOKED' } satisfies Life],
  acknowledged: [answer('e1', 's1'), answer('e2', 's2')],
};
const whole: Stores = {
  submissions: [submission('e1', 's1'), submission('e2', 's2')],
  awards: [{ institution: 'KILA', sourceAwardId: 'A-1', awardId: AWARD, status: 'REVOKED' }],
  logs: logOf(issued, revoked, decided('s1'), decided('s2')),
  shown: [{ awardId: AWARD, sourceAwardId: 'A-1', status: 'REVOKED', version: 2 }],
  notes: [
    { key: issued.key, version: 1 },
    { key: issued.key, version: 2 },
    { key: 's1', version: 1 },
    { key: 's2', version: 1 },
  ],
  progress: [{ consumer: 'search.registry', topic: 'mcr.awards.v1', partition: 0, reached: 2, head: 2 }],
  deadLetters: [],
};

const kindsOf = (findings: Findings): string[] => Object.entries(findings).flatMap(([kind, found]: [string, string[]]) => (found.length > 0 ? [kind] : []));
const foundIn = (changed: Partial<Stores>, told: Partial<Promises> = {}): string[] => kindsOf(check({ ...promises, ...told }, { ...whole, ...changed }));

describe('the checker of a crash run', () => {
  it('finds nothing where everything is as it was answered', () => expect(foundIn({})).toEqual([]));

  it.each<[string, Partial<Stores>, string[]]>([
    ['an answered record is nowhere', { submissions: whole.submissions.slice(0, 1) }, ['lost']],
    ['an answered record was refused in the end', { submissions: [{ ...submission('e1', 's1'), state: 'REJECTED' }, submission('e2', 's2')] }, ['lost']],
    ['a record has another submission than was answered', { submissions: [submission('e1', 's9'), submission('e2', 's2')] }, ['lost', 'doubled']],
    ['an award has not come to its end', { awards: [{ ...whole.awards[0]!, status: 'ACTIVE' }] }, ['lost']],
    ['an award is there twice', { logs: logOf(issued, revoked, { ...issued, key: 'urn:uuid:other' }, decided('s1'), decided('s2')) }, ['doubled', 'skipped']],
    ['an event was altered', { logs: whole.logs.map((row, index) => (index === 0 ? { ...row, event: row.event.replace('A-1', 'A-2') } : row)) }, ['lost']],
    ['a position is missing in a log', { logs: whole.logs.map((row) => (row.pos === 2 ? { ...row, pos: 3 } : row)) }, ['skipped']],
    ['a record was decided twice', { logs: logOf(issued, revoked, decided('s1'), decided('s2'), decided('s2')) }, ['doubled']],
    ['a decision is in no log', { logs: logOf(issued, revoked, decided('s1')) }, ['lost']],
    ['the read model is behind', { shown: [{ ...whole.shown[0]!, status: 'ACTIVE', version: 1 }] }, ['skipped']],
    ['a consumer did an event twice', { notes: [...whole.notes, whole.notes[1]!] }, ['doubled']],
    ['a consumer passed an event over', { notes: whole.notes.slice(0, 3) }, ['skipped']],
    ['a consumer did the second before the first', { notes: [whole.notes[1]!, whole.notes[0]!, ...whole.notes.slice(2)] }, ['reordered']],
    ['a consumer is not at the end', { progress: [{ ...whole.progress[0]!, reached: 1 }] }, ['skipped']],
    ['a good event was set aside', { deadLetters: ['search.registry mcr.awards.v1/0@2 HANDLER_FAILED'] }, ['deadLetters']],
  ])('finds that %s', (_what, changed, kinds) => expect(foundIn(changed)).toEqual(kinds));

  it('finds an outcome that no institution was told of on Kafka, or that came before its turn', () => {
    const outcome = (eventId: string, submissionId: string) => ({ institution: 'KILA', eventId, submissionId, state: 'ACCEPTED' as const });
    const [first, second] = [outcome('e1', 's1'), outcome('e2', 's2')];
    expect(foundIn({}, { told: [first, second, first, second] })).toEqual([]);
    expect(foundIn({}, { told: [first] })).toEqual(['lost']);
    expect(foundIn({}, { told: [second, first] })).toEqual(['reordered']);
  });

  it('finds that an event which was sent again was answered as another', () => {
    expect(foundIn({}, { acknowledged: [...promises.acknowledged, answer('e1', 's7')] })).toEqual(['doubled']);
  });
});
