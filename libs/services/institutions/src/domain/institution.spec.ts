import { describe, expect, it } from '@jest/globals';
import { InstitutionSnapshot } from '@mcr/contracts';
import { Refusal, english } from '@mcr/event-kit';
import fc from 'fast-check';
import { type Institution, activate, invite, reinstate, requireVersion, snapshotOf, suspend, verify } from './institution.ts';

const invited = invite({
  ctid: 'ce-0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10',
  code: 'NIC',
  name: english('North Island College'),
  agentType: 'COLLEGE',
  region: 'Vancouver Island/Coast',
  subjectWebpage: null,
});
const pending = verify(invited, 'ana');
const active = activate(pending, 'ben');
const suspended = suspend(active, 'Fees unpaid.');
const reinstated = reinstate(suspended, 'Fees paid.');
const states = { INVITED: invited, PENDING_VERIFICATION: pending, ACTIVE: active, SUSPENDED: suspended };

const refusalOf = (decide: () => unknown): Refusal => {
  try {
    decide();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('It was allowed.');
};

describe('an institution', () => {
  it('goes from invitation to activity, one version a step', () => {
    expect([invited, pending, active, suspended, reinstated].map(({ status, version }) => `${version} ${status}`)).toEqual([
      '1 INVITED',
      '2 PENDING_VERIFICATION',
      '3 ACTIVE',
      '4 SUSPENDED',
      '5 ACTIVE',
    ]);
  });

  it('remembers who verified it and who activated it', () => {
    expect(suspended).toMatchObject({ verifiedBy: 'ana', activatedBy: 'ben' });
  });

  it('is not activated by the person who verified it', () => {
    expect(refusalOf(() => activate(pending, 'ana')).code).toBe('APPROVER_IS_REQUESTER');
  });

  const steps = {
    verify: { allowedIn: 'INVITED', take: (state: Institution, by = 'cem') => verify(state, by) },
    activate: { allowedIn: 'PENDING_VERIFICATION', take: (state: Institution, by = 'cem') => activate(state, by) },
    suspend: { allowedIn: 'ACTIVE', take: (state: Institution) => suspend(state, 'Because.') },
    reinstate: { allowedIn: 'SUSPENDED', take: (state: Institution) => reinstate(state, null) },
  };
  const table = Object.entries(steps).flatMap(([step, { allowedIn, take }]) =>
    Object.entries(states).map(([status, state]) => ({ step, status, state, take, allowed: status === allowedIn })),
  );

  it.each(table)('$status allows $step: $allowed', ({ state, take, allowed }) => {
    if (allowed) expect(take(state).version).toBe(state.version + 1);
    else expect(refusalOf(() => take(state)).code).toBe('ILLEGAL_STATE');
  });

  it('is verified once', () => {
    expect(refusalOf(() => verify(pending, 'ana')).message).toContain('NIC is PENDING_VERIFICATION');
  });

  it('is never changed in place', () => {
    const before = structuredClone(states);
    for (const { state, take, allowed } of table) if (allowed) take(state);
    expect(states).toEqual(before);
  });

  it('counts every step taken, keeps who it is, and is never activated by one person alone', () => {
    const attempts = fc.array(fc.tuple(fc.constantFrom(...Object.values(steps)), fc.constantFrom('ana', 'ben')));
    fc.assert(
      fc.property(attempts, (list) => {
        let state: Institution = invited;
        let taken = 0;
        for (const [{ take }, by] of list) {
          try {
            state = take(state, by);
            taken += 1;
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Refusal);
          }
        }
        expect(state.version).toBe(1 + taken);
        expect(state).toMatchObject({ ctid: invited.ctid, code: 'NIC' });
        expect(InstitutionSnapshot.parse(snapshotOf(state))).toEqual(snapshotOf(state));
        if ('activatedBy' in state) expect(state.activatedBy).not.toBe(state.verifiedBy);
      }),
    );
  });
});

describe('an expected version', () => {
  it('may be left out or be the present one', () => {
    requireVersion(active, undefined);
    requireVersion(active, 3);
  });

  it('of another state is refused, with the present one in the detail', () => {
    const refusal = refusalOf(() => requireVersion(active, 2));
    expect(refusal.code).toBe('VERSION_CONFLICT');
    expect(refusal.message).toContain('at version 3');
  });
});

describe('the public state', () => {
  it('leaves out what is not known, and who did what', () => {
    expect(snapshotOf(pending)).toEqual({
      ctid: invited.ctid,
      code: 'NIC',
      name: english('North Island College'),
      agentType: 'COLLEGE',
      region: 'Vancouver Island/Coast',
      status: 'PENDING_VERIFICATION',
    });
  });

  it('says why it was suspended, and why it was reinstated', () => {
    expect(snapshotOf(suspended).reason).toBe('Fees unpaid.');
    expect(snapshotOf(reinstated).reason).toBe('Fees paid.');
    expect(snapshotOf(reinstate(suspended, null))).not.toHaveProperty('reason');
  });
});
