import { describe, expect, it } from '@jest/globals';
import { REVOKE_AWARD, SUBMIT_AWARD } from '@mcr/contracts';
import { readRecord } from './read-record.ts';

const data = {
  sourceAwardId: 'A-1',
  revision: 1,
  microCredentialCtid: 'ce-0A000000-0000-4000-8000-000000000001',
  awardedDate: '2026-06-01',
  learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: 'A1' }] },
  method: 'INSTRUCTION',
};
const read = (changed: Record<string, unknown> = {}, type = SUBMIT_AWARD, subject?: string) => readRecord({ type, subject, data: { ...data, ...changed } });
const faultsOf = (...given: Parameters<typeof read>) => {
  const record = read(...given);
  return record.kind === 'unreadable' ? record.faults.map(({ code, pointer }) => `${code} ${pointer}`) : [record.kind];
};

describe('Reading a record', () => {
  it('takes the least that must be accepted', () => expect(read()).toMatchObject({ kind: 'submit', sourceAwardId: 'A-1', revision: 1 }));

  it('keeps identifiers in lower case', () => expect(read()).toMatchObject({ submit: { microCredentialCtid: 'ce-0a000000-0000-4000-8000-000000000001' } }));

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an unknown property', { grade: 'A' }, ['UNKNOWN_PROPERTY /grade']],
    ['an unknown property of the learner', { learner: { ...data.learner, dateOfBirth: 'x' } }, ['UNKNOWN_PROPERTY /learner/dateOfBirth']],
    ['anything below extensions', { extensions: { grade: { letter: 'A' } } }, ['submit']],
    ['wrong types', { revision: '1', awardedDate: 20260601, learner: [] }, ['WRONG_TYPE /revision', 'WRONG_TYPE /awardedDate', 'WRONG_TYPE /learner']],
    ['a day that does not exist', { awardedDate: '2026-02-29' }, ['INVALID_VALUE /awardedDate']],
    ['a leap day', { awardedDate: '2028-02-29' }, ['submit']],
    ['no learner', { learner: undefined }, ['LEARNER_UNIDENTIFIED /learner']],
    ['a learner without identifiers', { learner: { name: 'x' } }, ['LEARNER_UNIDENTIFIED /learner/identifiers']],
    ['revision 0', { revision: 0 }, ['TOO_SMALL /revision']],
    ['a revision with a fraction', { revision: 1.5 }, ['WRONG_TYPE /revision']],
    ['10,000 characters', { sourceAwardId: 'x'.repeat(10_000) }, ['TOO_BIG /sourceAwardId']],
    ['NUL', { sourceAwardId: 'A\u0000' }, ['INVALID_VALUE /sourceAwardId']],
    ['half of a surrogate pair', { learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: 'A\ud800' }] } }, ['INVALID_VALUE /learner/identifiers/0/value']],
    ['NUL deep below extensions', { extensions: { a: [{ b: '\u0000' }] } }, ['INVALID_VALUE /extensions']],
    ['half of a surrogate pair in a name below extensions', { extensions: { '\udfff': 1 } }, ['INVALID_VALUE /extensions']],
    ['emoji, right-to-left, script and SQL', { sourceAwardId: "🎓 \u202eשלום <script>'; drop table award; --" }, ['submit']],
    ['an instant beyond every calendar', { validFrom: '0000-01-01T00:00:00Z' }, ['INVALID_VALUE /validFrom']],
  ])('with %s gives what it should', (_, changed, expected) => expect(faultsOf(changed)).toEqual(expected));

  const evidence = (changed: Record<string, unknown>) => ({ evidence: [{ name: 'Logbook', ...changed }] });
  const aPicture = `data:image/png;base64,${'A'.repeat(64 * 1024 - 22)}`;
  it.each<[string, Record<string, unknown>, string[]]>([
    ['a letter grade', { result: [{ resultType: 'LetterGrade', value: 'A+' }] }, ['submit']],
    ['a status alone', { result: [{ resultType: 'Status', status: 'Completed' }] }, ['submit']],
    ['a result that says nothing', { result: [{ resultType: 'LetterGrade' }] }, ['INVALID_VALUE /result/0']],
    ['a kind of result that nobody knows', { result: [{ resultType: 'Vibes', value: 'good' }] }, ['INVALID_VALUE /result/0/resultType']],
    ['a status that nobody knows', { result: [{ resultType: 'Status', status: 'Nearly' }] }, ['INVALID_VALUE /result/0/status']],
    ['more than all', { result: [{ resultType: 'Percent', value: '100.5' }] }, ['INVALID_VALUE /result/0/value']],
    ['a percentage', { result: [{ resultType: 'Percent', value: '87.5' }] }, ['submit']],
    ['a grade as a number', { result: [{ resultType: 'Percent', value: 87 }] }, ['WRONG_TYPE /result/0/value']],
    ['a result that is an object', { result: { resultType: 'Percent', value: '87' } }, ['WRONG_TYPE /result']],
    ['21 results', { result: Array.from({ length: 21 }, () => ({ resultType: 'Result', value: '1' })) }, ['TOO_BIG /result']],
    ['an unknown property of a result', { result: [{ resultType: 'Result', value: '1', by: 'x' }] }, ['UNKNOWN_PROPERTY /result/0/by']],
    ['evidence on the web', evidence({ id: 'https://portfolio.example.ca/a%20b?c=d#e', narrative: 'Ten shifts.' }), ['submit']],
    ['evidence in itself', evidence({ id: 'data:text/plain;charset=utf-8;base64,aGVsbG8=' }), ['submit']],
    ['64 KiB of evidence', evidence({ id: aPicture }), ['submit']],
    ['more than 64 KiB of evidence', evidence({ id: `${aPicture}AAAA` }), ['TOO_BIG /evidence/0/id']],
    ['evidence without a name', { evidence: [{ narrative: 'x' }] }, ['REQUIRED /evidence/0/name']],
    ['evidence at an address that is not https', evidence({ id: 'http://example.ca/' }), ['INVALID_FORMAT /evidence/0/id']],
    ['evidence that is a script', evidence({ id: 'javascript:alert(1)' }), ['INVALID_FORMAT /evidence/0/id']],
    ['evidence with a blank in its address', evidence({ id: 'https://example.ca/a b' }), ['INVALID_FORMAT /evidence/0/id']],
    ['evidence with markup in its address', evidence({ id: 'data:text/html,<script>' }), ['INVALID_FORMAT /evidence/0/id']],
    ['evidence at no address', evidence({ id: 'https://a:b:c/' }), ['INVALID_VALUE /evidence/0/id']],
    ['a narrative with NUL', evidence({ narrative: 'a\u0000' }), ['INVALID_VALUE /evidence/0/narrative']],
    ['an endless narrative', evidence({ narrative: 'x'.repeat(10_001) }), ['TOO_BIG /evidence/0/narrative']],
    ['an unknown property of evidence', evidence({ url: 'x' }), ['UNKNOWN_PROPERTY /evidence/0/url']],
    ['assessments', { assessmentRef: ['final'] }, ['submit']],
    ['an assessment that is an object', { assessmentRef: [{ id: 'final' }] }, ['WRONG_TYPE /assessmentRef/0']],
    ['a signed credential as an object', { signedCredential: { id: 'x' } }, ['submit']],
    ['a signed credential as a text', { signedCredential: 'a.b.c' }, ['submit']],
    ['a signed credential as a list', { signedCredential: [{}] }, ['INVALID_VALUE /signedCredential']],
    ['a signed credential as a number', { signedCredential: 1 }, ['INVALID_VALUE /signedCredential']],
    ['a signed credential with NUL', { signedCredential: { a: [{ '\u0000': 1 }] } }, ['INVALID_VALUE /signedCredential']],
  ])('beside the dates, with %s, gives what it should', (_, changed, expected) => expect(faultsOf(changed)).toEqual(expected));

  it('tells every fault at once', () => {
    expect(faultsOf({ revision: -1, method: 'X', awardedDate: 'today', extra: 1, learner: { identifiers: [{ type: 'SIN', value: '' }] } })).toEqual([
      'TOO_SMALL /revision',
      'INVALID_VALUE /awardedDate',
      'INVALID_VALUE /learner/identifiers/0/type',
      'TOO_SMALL /learner/identifiers/0/value',
      'INVALID_VALUE /method',
      'UNKNOWN_PROPERTY /extra',
    ]);
  });

  it.each([null, undefined, 'text', 17, [], [data]])('never throws, whatever the data is: %j', (whatever) => {
    expect(readRecord({ type: SUBMIT_AWARD, data: whatever })).toMatchObject({ kind: 'unreadable', sourceAwardId: undefined, parts: {} });
  });

  it('keeps the parts that are in order', () => {
    const record = read({ method: 'X' });
    expect(record).toMatchObject({ kind: 'unreadable', sourceAwardId: 'A-1', parts: { awardedDate: '2026-06-01', revision: 1 } });
    expect(record).not.toHaveProperty('parts.method');
  });

  it('refuses a subject that names another award', () => {
    expect(faultsOf({}, SUBMIT_AWARD, 'A-2')).toEqual(['SUBJECT_MISMATCH /sourceAwardId']);
    expect(faultsOf({}, SUBMIT_AWARD, 'A-1')).toEqual(['submit']);
  });

  it('refuses types that are not taken', () => expect(faultsOf({}, 'ca.bc.mcr.award.amend.v1')).toEqual(['UNSUPPORTED_TYPE ']));

  it('refuses more than a mebibyte', () => {
    expect(readRecord({ type: SUBMIT_AWARD, data, bytes: 1_048_577 })).toMatchObject({ kind: 'unreadable', faults: [{ code: 'TOO_LARGE' }] });
    expect(readRecord({ type: SUBMIT_AWARD, data, bytes: 1_048_576 })).toMatchObject({ kind: 'submit' });
  });

  it('needs the reason of a revocation', () => {
    const revoke = (changed: object) => readRecord({ type: REVOKE_AWARD, data: { sourceAwardId: 'A-1', revision: 2, ...changed } });
    expect(revoke({ reasonCode: 'ISSUED_IN_ERROR', reason: 'typed twice' })).toMatchObject({ kind: 'revoke', revision: 2 });
    expect(revoke({})).toMatchObject({ faults: [{ code: 'REQUIRED', pointer: '/reasonCode' }] });
    expect(revoke({ reasonCode: 'BORED' })).toMatchObject({ faults: [{ code: 'INVALID_VALUE', pointer: '/reasonCode' }] });
  });
});
