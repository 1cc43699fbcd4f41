import { describe, expect, it } from '@jest/globals';
import { identifierFaults, normalised, type Identifier } from './identifier.ts';

const faultCodes = (...identifiers: Identifier[]) => identifierFaults(identifiers).map(({ code, pointer }) => `${code} ${pointer}`);

describe('Identifiers of a learner', () => {
  it.each(['did:key:z6Mk', 'did:web:example.ca', 'did:web:example.ca%3A3000:user:1'])('take %s', (value) =>
    expect(faultCodes({ type: 'DID', value })).toEqual([]),
  );
  it.each(['did:', 'did:key:', 'did:KEY:z6Mk', 'key:z6Mk', 'did:web:example.ca/path', 'did:web:example.ca#k'])('refuse %s', (value) =>
    expect(faultCodes({ type: 'DID', value })).toEqual(['DID_INVALID /learner/identifiers/0/value']),
  );

  it('report each malformed one where it stands', () => {
    expect(
      faultCodes(
        { type: 'PEN', value: '746282655' },
        { type: 'STUDENT_NUMBER', value: 'A1' },
        { type: 'STUDENT_NUMBER', value: ' \t ' },
        { type: 'EMAIL', value: 'x' },
      ),
    ).toEqual([
      'PEN_INVALID /learner/identifiers/0/value',
      'STUDENT_NUMBER_INVALID /learner/identifiers/2/value',
      'EMAIL_INVALID /learner/identifiers/3/value',
    ]);
  });

  it('are missing when there are none', () => expect(faultCodes()).toEqual(['LEARNER_UNIDENTIFIED /learner/identifiers']));

  it('name one person only', () => {
    expect(faultCodes({ type: 'PEN', value: '746282656' }, { type: 'PEN', value: '746282656' })).toEqual([]);
    expect(faultCodes({ type: 'PEN', value: '746282656' }, { type: 'PEN', value: '120164447' })).toContain('CONFLICTING_IDENTIFIERS /learner/identifiers');
  });

  it('are compared in one spelling', () => {
    expect(normalised({ type: 'STUDENT_NUMBER', value: ' a00 123456 ' })).toBe(normalised({ type: 'STUDENT_NUMBER', value: 'A00123456' }));
    expect(normalised({ type: 'EMAIL', value: 'Ana@Example.CA' })).toBe('ana@example.ca');
    expect(normalised({ type: 'DID', value: 'did:key:z6MkA' })).not.toBe(normalised({ type: 'DID', value: 'did:key:z6Mka' }));
  });
});
