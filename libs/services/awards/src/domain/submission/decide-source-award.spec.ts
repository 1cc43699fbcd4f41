import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SourceAwardStory, published, start } from '../../testing/source-award-story.ts';

let registry: SourceAwardStory;
beforeEach(() => {
  registry = new SourceAwardStory();
});

describe('One sourceAwardId', () => {
  it('is awarded by revision 1 and revoked by revision 2', () => {
    expect([registry.send('submit', 1), registry.send('revoke', 2)]).toEqual(['ACCEPTED', 'ACCEPTED']);
    expect(registry.history).toEqual(['issued by submit 1 #1', 'revoked by revoke 2 #2']);
    expect(registry.state.award).toMatchObject({ status: 'REVOKED', reasonCode: 'ISSUED_IN_ERROR', awardId: 'award of submit 1 #1' });
  });

  it('takes the same content once, under whatever event id', () => {
    registry.send('submit', 1);
    expect([registry.send('submit', 1), registry.send('submit', 1)]).toEqual(['DUPLICATE', 'DUPLICATE']);
    expect(registry.outcomes.get('submit 1 #3')).toEqual({ state: 'DUPLICATE', awardId: 'award of submit 1 #1' });
  });

  it('refuses another content at the current revision, and below it as stale', () => {
    registry.send('submit', 1);
    expect(registry.send('submit', 1, 'changed')).toBe('IDEMPOTENCY_CONFLICT');
    registry.send('revoke', 2);
    expect([registry.send('submit', 1, 'changed'), registry.send('submit', 1), registry.send('revoke', 2, 'changed')]).toEqual([
      'STALE_REVISION',
      'DUPLICATE',
      'IDEMPOTENCY_CONFLICT',
    ]);
  });

  it('keeps a revocation that came first until the submission is there', () => {
    expect([registry.send('revoke', 2), registry.send('submit', 1)]).toEqual(['PENDING', 'ACCEPTED']);
    expect(registry.states).toEqual({ 'revoke 2 #1': 'ACCEPTED', 'submit 1 #2': 'ACCEPTED' });
    expect(registry.history).toEqual(['issued by submit 1 #2', 'revoked by revoke 2 #1']);
  });

  it('compares with what waits as well as with what was accepted', () => {
    registry.send('revoke', 2);
    expect([registry.send('revoke', 2), registry.send('revoke', 2, 'changed')]).toEqual(['DUPLICATE', 'IDEMPOTENCY_CONFLICT']);
  });

  it('refuses to revoke what was never submitted, when it claims to be the first revision', () => {
    expect(registry.send('revoke', 1)).toBe('AWARD_NOT_FOUND');
  });

  it('is final once it was revoked', () => {
    registry.send('submit', 1);
    registry.send('revoke', 2);
    expect([registry.send('revoke', 3), registry.send('submit', 3, 'again')]).toEqual(['TERMINAL_STATE', 'TERMINAL_STATE']);
  });

  it('has one award: a second submission is not a correction', () => {
    registry.send('submit', 1);
    expect(registry.send('submit', 2)).toBe('AWARD_EXISTS');
  });

  it('waits ten minutes for a missing revision, and not a moment while what is missing is waiting itself', () => {
    registry.known = [];
    registry.send('submit', 1);
    registry.send('revoke', 2);
    registry.send('revoke', 4);
    expect(registry.wait(599)).toEqual(['PENDING', 'PENDING', 'PENDING']);
    expect(registry.wait(1)).toEqual(['PENDING', 'PENDING', 'REVISION_GAP']);
    registry.known = [published];
    expect(registry.wait(1)).toEqual(['ACCEPTED', 'ACCEPTED']);
  });

  it('lets a refused revision be sent again', () => {
    registry.known = [{ ...published, offeredBy: [], ownedBy: 'ce-other' }];
    expect(registry.send('submit', 1, 'wrong')).toBe('NOT_AUTHORIZED_FOR_MC');
    registry.known = [published];
    expect(registry.send('submit', 1, 'right')).toBe('ACCEPTED');
  });

  it('leaves what waited behind a refused revision waiting for its correction', () => {
    registry.known = [{ ...published, ownedBy: 'ce-other', offeredBy: [] }];
    registry.send('revoke', 2);
    expect(registry.send('submit', 1)).toBe('NOT_AUTHORIZED_FOR_MC');
    expect(registry.states['revoke 2 #1']).toBe('PENDING');
  });
});

describe('A record of an unknown micro-credential', () => {
  beforeEach(() => {
    registry.known = [];
  });

  it('waits until it is known', () => {
    expect(registry.send('submit', 1)).toBe('PENDING');
    registry.known = [published];
    expect(registry.wait(1)).toEqual(['ACCEPTED']);
  });

  it('is refused only after the wait, and only when nothing published before it can be missing', () => {
    registry.send('submit', 1);
    expect(registry.wait(20)).toEqual(['PENDING']);
    registry.completeUntil = new Date(start.getTime() - 1);
    expect(registry.wait(1)).toEqual(['PENDING']);
    registry.completeUntil = registry.now;
    expect(registry.wait(1)).toEqual(['MC_NOT_FOUND']);
  });

  it('is not refused early although everything is known', () => {
    registry.send('submit', 1);
    registry.completeUntil = new Date(start.getTime() + 14_000);
    expect(registry.wait(14.999)).toEqual(['PENDING']);
    expect(registry.wait(0.001)).toEqual(['MC_NOT_FOUND']);
  });
});

describe('Whatever the order of arrival', () => {
  const message = fc.record({
    type: fc.constantFrom('submit' as const, 'revoke' as const),
    revision: fc.integer({ min: 1, max: 4 }),
    content: fc.constantFrom('', 'x'),
  });

  it('a submission and its revocation end in the same state, however often each is repeated', () => {
    const twoRecords = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(twoRecords, (submits) => {
        const fresh = new SourceAwardStory();
        for (const submit of [...submits, true, false]) fresh.send(submit ? 'submit' : 'revoke', submit ? 1 : 2);
        expect(fresh.state.award?.status).toBe('REVOKED');
        expect(fresh.history.map((change) => change.split(' ')[0])).toEqual(['issued', 'revoked']);
        expect(Object.values(fresh.states).filter((state) => state === 'ACCEPTED')).toHaveLength(2);
      }),
    );
  });

  it('every record has one outcome, decided outcomes stay, and at most one award comes about', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        const fresh = new SourceAwardStory();
        const decided = new Map<string, string>();
        for (const { type, revision, content } of messages) {
          fresh.send(type, revision, content);
          for (const [id, state] of Object.entries(fresh.states)) {
            expect(state).toBe(decided.get(id) ?? state);
            if (state !== 'PENDING') decided.set(id, state);
          }
        }
        fresh.wait(600);
        expect(Object.keys(fresh.states)).toHaveLength(messages.length);
        expect(Object.values(fresh.states)).not.toContain('PENDING');
        expect(fresh.state.acceptedHashes).toHaveLength(Object.values(fresh.states).filter((state) => state === 'ACCEPTED').length);
        expect(fresh.history.map((change) => change.split(' ')[0])).toEqual(['issued', 'revoked'].slice(0, fresh.history.length));
        expect(fresh.state.acceptedHashes.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
