import { describe, expect, it } from '@jest/globals';
import type { FileRecord } from '../reading/file-record.ts';
import { recordFaults } from './record-faults.ts';

const award = {
  sourceAwardId: 'BCIT-2026-000101',
  revision: 1,
  microCredentialCtid: 'ce-c2ab55b3-e7b0-437c-bce5-f306f829f588',
  awardedDate: '2026-05-15',
  learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: 'SYN-1' }] },
  method: 'INSTRUCTION',
};
const codesOf = (data: Record<string, unknown>, type = 'submit', today = '2026-11-22') => {
  const record: FileRecord = { row: 2, type, data, columnOf: (pointer) => pointer };
  return recordFaults(record, today).map(({ pointer, code }) => `${pointer} ${code}`);
};

describe('what a file alone shows to be wrong', () => {
  it('is nothing for an award of today', () => {
    expect(codesOf(award, 'submit', '2026-05-15')).toEqual([]);
    expect(codesOf(award, 'submit', '2026-05-14')).toEqual(['/awardedDate AWARDED_IN_FUTURE']);
  });

  it.each([
    [{ hoursCompleted: 0 }, []],
    [{ hoursCompleted: 287.75 }, []],
    [{ hoursCompleted: 288 }, ['/hoursCompleted HOURS_OUT_OF_RANGE']],
    [{ hoursCompleted: -0.5 }, ['/hoursCompleted HOURS_OUT_OF_RANGE']],
    [{ validUntil: '2026-05-15T00:00:00-07:00' }, []],
    [{ validUntil: '2026-05-14T23:59:59-07:00' }, ['/validUntil BAD_VALIDITY']],
    [{ validFrom: '2026-06-01T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }, ['/validUntil BAD_VALIDITY']],
    [{ validFrom: 'soon', validUntil: '2026-06-01T00:00:00Z' }, ['/validFrom INVALID_FORMAT']],
    [{ activityStartDate: '2026-05-15', activityEndDate: '2026-05-15' }, []],
    [{ learner: { identifiers: [] } }, ['/learner/identifiers LEARNER_UNIDENTIFIED']],
    [{ learner: {} }, ['/learner/identifiers LEARNER_UNIDENTIFIED']],
    [{ learner: undefined }, ['/learner/identifiers LEARNER_UNIDENTIFIED']],
  ])('%j: %j', (members, codes) => {
    expect(codesOf({ ...award, ...members })).toEqual(codes);
  });

  it('is everything at once, never only the first', () => {
    expect(codesOf({ awardedDate: '2099-01-01', hoursCompleted: 300, learner: { identifiers: [{ type: 'PEN', value: '1' }] } })).toEqual([
      '/sourceAwardId REQUIRED',
      '/revision REQUIRED',
      '/microCredentialCtid REQUIRED',
      '/method REQUIRED',
      '/awardedDate AWARDED_IN_FUTURE',
      '/hoursCompleted HOURS_OUT_OF_RANGE',
      '/learner/identifiers/0/value PEN_INVALID',
    ]);
  });

  it('never repeats what identifies a learner', () => {
    const secret = 'A-SECRET-NUMBER';
    const learner = { identifiers: [...['PEN', 'EMAIL', 'DID', 'constructor'].map((type) => ({ type, value: secret })), secret], name: `${secret}\u0000` };
    const record: FileRecord = { row: 2, type: 'submit', data: { ...award, learner }, columnOf: (pointer) => pointer };
    const faults = recordFaults(record, '2026-11-22');
    expect(faults.length).toBeGreaterThan(4);
    expect(JSON.stringify(faults)).not.toContain(secret);
  });
});
