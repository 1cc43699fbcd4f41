import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PathwayEngine } from '@mcr/pathway-engine';
import type { StoredAgreement } from '../facts/graph-fact.ts';
import { agreementFact } from '../facts/graph-facts.ts';
import { situationOf } from './asked.ts';
import { type Recognition, dayOfRecognitions, recognise as recogniseBy } from './recognitions.ts';

interface Completion {
  readonly microCredential: string;
  readonly completedOn: string;
  readonly grade?: number;
}

const ctid = (letter: string): string => `ce-${letter.repeat(8)}-0000-4000-8000-000000000000`;
const [WELDING, DATA, CARE] = [ctid('a'), ctid('b'), ctid('c')];
const [NEAR, FAR, SENDER] = [ctid('d'), ctid('e'), ctid('f')];

const agreement = (changes: Partial<StoredAgreement> = {}): StoredAgreement => ({
  ctid: ctid('1'),
  sendingOrganization: SENDER,
  receivingOrganization: NEAR,
  recordedOn: '2025-12-01',
  priority: 0,
  requiresUnexpired: false,
  conditions: [],
  kind: 'ASSIGNED',
  from: [{ microCredential: WELDING }],
  grants: [{ course: 'WELD 101', subject: 'WELD', credits: 3 }],
  startDate: '2026-01-01',
  endDate: '2026-12-31',
  ...changes,
});
const cluster = agreement({ ctid: ctid('2'), kind: 'CLUSTER', from: [{ microCredential: WELDING }, { microCredential: DATA, minGrade: 70 }] });
const graded = agreement({ from: [{ microCredential: WELDING, minGrade: 70 }] });
const ongoing = agreement({ endDate: undefined });
const leap = agreement({ startDate: '2028-02-29', endDate: '2028-03-01' });

const held = (completedOn: string, grade?: number, microCredential = WELDING): Completion => ({
  microCredential,
  completedOn,
  ...(grade === undefined ? {} : { grade }),
});

function recognise(items: readonly Completion[], agreements: readonly StoredAgreement[], asOf = dayOfRecognitions(items, '2026-11-28')): Recognition[] {
  const engine = new PathwayEngine();
  for (const one of agreements) engine.graph.putAgreement(agreementFact(one));
  return recogniseBy(engine, situationOf({ held: [...items], declares: [], asOf }));
}

const cases: [given: string, items: Completion[], agreement: StoredAgreement, status: string, codes: string[]][] = [
  ['completed on the first day', [held('2026-01-01')], agreement(), 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['completed on the last day', [held('2026-12-31')], agreement(), 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['completed a day early', [held('2025-12-31')], agreement(), 'NOT_APPLICABLE', ['NOT_YET_EFFECTIVE']],
  ['completed a day late', [held('2027-01-01')], agreement(), 'NOT_APPLICABLE', ['COMPLETED_OUTSIDE_WINDOW']],
  ['completed long after an agreement without an end began', [held('2099-01-01')], ongoing, 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['completed on the leap day on which it begins', [held('2028-02-29')], leap, 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['completed the day before a leap day', [held('2028-02-28')], leap, 'NOT_APPLICABLE', ['NOT_YET_EFFECTIVE']],
  ['a grade equal to the least', [held('2026-05-05', 70)], graded, 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['a grade just below the least', [held('2026-05-05', 69.9)], graded, 'NOT_APPLICABLE', ['GRADE_BELOW_MIN']],
  ['a grade of nought', [held('2026-05-05', 0)], graded, 'NOT_APPLICABLE', ['GRADE_BELOW_MIN']],
  ['no grade where one is needed', [held('2026-05-05')], graded, 'INDIVIDUAL_ASSESSMENT', ['CONDITION_UNMET']],
  ['a grade where none is needed', [held('2026-05-05', 1)], agreement(), 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['too low a grade, and late', [held('2027-05-05', 10)], graded, 'NOT_APPLICABLE', ['COMPLETED_OUTSIDE_WINDOW', 'GRADE_BELOW_MIN']],
  ['two completions of which the second fits', [held('2025-05-05'), held('2026-05-05')], agreement(), 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['two completions, one early and one late', [held('2020-05-05'), held('2027-01-02')], agreement(), 'NOT_APPLICABLE', ['COMPLETED_OUTSIDE_WINDOW']],
  ['two grades of which one is enough', [held('2026-05-05', 50), held('2026-06-05', 80)], graded, 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['a good grade too early and a bad one in time', [held('2025-05-05', 90), held('2026-06-05', 60)], graded, 'NOT_APPLICABLE', ['GRADE_BELOW_MIN']],
  ['a bad grade and an unknown one', [held('2026-05-05', 60), held('2026-06-05')], graded, 'INDIVIDUAL_ASSESSMENT', ['CONDITION_UNMET']],
  ['half of a cluster', [held('2026-05-05')], cluster, 'NOT_APPLICABLE', ['CLUSTER_INCOMPLETE']],
  ['half of a cluster, and that half late', [held('2027-05-05')], cluster, 'NOT_APPLICABLE', ['COMPLETED_OUTSIDE_WINDOW', 'CLUSTER_INCOMPLETE']],
  ['the whole of a cluster', [held('2026-05-05'), held('2026-05-05', 70, DATA)], cluster, 'GUARANTEED', ['AGREEMENT_APPLIES']],
  ['a cluster with one item in time only', [held('2026-05-05'), held('2027-05-05', 70, DATA)], cluster, 'NOT_APPLICABLE', ['COMPLETED_OUTSIDE_WINDOW']],
  ['a cluster where one grade was not given', [held('2026-05-05'), held('2026-05-05', undefined, DATA)], cluster, 'INDIVIDUAL_ASSESSMENT', ['CONDITION_UNMET']],
];

describe('A recognition', () => {
  it('gives courses and subjects as the agreement has them written, and knows them in any way', () => {
    const written = { course: 'Weld 101', subject: 'Welding', credits: 3 };
    expect(recognise([held('2026-05-05')], [agreement({ grants: [written] })])).toMatchObject([{ status: 'GUARANTEED', grants: [written] }]);
  });

  it.each(cases)('given %s', (_given, items, one, status, codes) => {
    const [answer, ...others] = recognise(items, [one]);
    expect(others).toEqual([]);
    expect({ status: answer!.status, codes: answer!.reasons.map((reason) => reason.code) }).toEqual({ status, codes });
    expect(answer!.grants).toEqual(status === 'GUARANTEED' ? one.grants : []);
  });

  it('says which grade there is and which is needed', () => {
    expect(recognise([held('2026-05-05', 62)], [graded])[0]!.reasons[0]!.message).toMatch(/is 62; at least 70/);
  });

  it('names what is missing of a cluster, and shows what is held of it', () => {
    const [answer] = recognise([held('2026-05-05')], [cluster]);
    expect(answer!.reasons[0]!.message).toContain(DATA);
    expect(answer!.reasons[0]!.message).not.toContain(WELDING);
    expect(answer!.microCredentials).toEqual([WELDING]);
  });

  it('is left to individual assessment, without a receiver, where no agreement begins from what is held', () => {
    const [covered, uncovered] = recognise([held('2026-05-05'), held('2026-05-05', undefined, CARE)], [agreement()]);
    expect(covered!.status).toBe('GUARANTEED');
    expect(uncovered).toMatchObject({ status: 'INDIVIDUAL_ASSESSMENT', microCredentials: [CARE], grants: [], reasons: [{ code: 'NO_AGREEMENT' }] });
    expect(uncovered!.receivingOrganization).toBeUndefined();
    expect(uncovered!.agreement).toBeUndefined();
  });

  it('does not follow from agreements of which nothing is held', () => {
    expect(recognise([held('2026-05-05', undefined, CARE)], [agreement()])).toHaveLength(1);
  });

  it('comes guaranteed first, then by receiver, kind and CTID', () => {
    const late = agreement({ ctid: ctid('3'), endDate: '2026-01-02' });
    const far = agreement({ ctid: ctid('5'), receivingOrganization: FAR });
    const unassigned = agreement({ ctid: ctid('0'), kind: 'UNASSIGNED', from: [{ microCredential: DATA }] });
    const other = agreement({ ctid: ctid('4'), from: [{ microCredential: CARE }] });
    const all = [held('2026-05-05'), held('2026-05-05', undefined, DATA), held('2026-05-05', undefined, CARE)];
    const order = recognise(all, [late, far, unassigned, other, agreement()]).map(({ agreement: by, receivingOrganization }) => [
      receivingOrganization,
      by!.ctid,
    ]);
    expect(order).toEqual([
      [NEAR, ctid('1')],
      [NEAR, ctid('4')],
      [NEAR, ctid('0')],
      [FAR, ctid('5')],
      [NEAR, ctid('3')],
    ]);
  });

  it('is given once for learning that two agreements of a receiver cover: by the one that goes first, and the other says by which key', () => {
    const both = [held('2026-05-05'), held('2026-05-05', 80, DATA)];
    const [wins, loses] = recognise(both, [agreement(), cluster]);
    expect(wins).toMatchObject({ status: 'GUARANTEED', agreement: { ctid: cluster.ctid } });
    expect(loses).toMatchObject({
      status: 'NOT_APPLICABLE',
      agreement: { ctid: ctid('1') },
      grants: [],
      reasons: [{ code: 'LOST_CONFLICT_TO', agreement: cluster.ctid, key: 'MORE_ITEMS' }],
    });
    const later = agreement({ ctid: ctid('9'), recordedOn: '2026-02-01' });
    expect(recognise([held('2026-05-05')], [agreement(), later])[1]).toMatchObject({
      agreement: { ctid: ctid('1') },
      reasons: [{ code: 'SUPERSEDED_BY', agreement: ctid('9'), key: 'RECORDED_LATER' }],
    });
    expect(recognise([held('2026-05-05')], [agreement(), agreement({ ctid: ctid('8'), receivingOrganization: FAR })]).map(({ status }) => status)).toEqual([
      'GUARANTEED',
      'GUARANTEED',
    ]);
  });

  it('is not given yet, on a day that is named, for what was completed after it', () => {
    expect(recognise([held('2026-05-05')], [agreement()], '2026-05-04')).toMatchObject([
      { status: 'NOT_APPLICABLE', microCredentials: [WELDING], reasons: [{ code: 'NOT_YET_EFFECTIVE' }] },
    ]);
    expect(recognise([held('2026-05-05')], [agreement()], '2026-05-05')).toMatchObject([{ status: 'GUARANTEED' }]);
    const twice = [held('2026-05-05'), held('2026-02-02')];
    expect(recognise(twice, [agreement()], '2026-03-03')).toMatchObject([{ status: 'GUARANTEED' }]);
  });
});

const days = fc.constantFrom('2025-12-31', '2026-01-01', '2026-06-30', '2026-12-31', '2027-01-01');
const grades = fc.option(fc.constantFrom(0, 69, 70, 100), { nil: undefined });
const completions = fc.array(fc.record({ microCredential: fc.constantFrom(WELDING, DATA, CARE), completedOn: days, grade: grades }), { maxLength: 6 });
const agreements = fc.subarray([
  agreement({ ctid: ctid('5') }),
  cluster,
  graded,
  { ...ongoing, ctid: ctid('6') },
  agreement({ ctid: ctid('7'), receivingOrganization: FAR }),
]);

describe('Recognitions of anything', () => {
  it('do not depend on the order in which completions and agreements are given', () => {
    const shuffled = fc.tuple(completions, agreements).chain(([items, all]) =>
      fc.record({
        given: fc.constant({ items, all }),
        items: fc.shuffledSubarray(items, { minLength: items.length }),
        all: fc.shuffledSubarray(all, { minLength: all.length }),
      }),
    );
    fc.assert(fc.property(shuffled, ({ given, items, all }) => expect(recognise(items, all)).toEqual(recognise(given.items, given.all))));
  });

  it('stay guaranteed when more is held, or go to an agreement that goes first', () => {
    const statusOf = (answers: Recognition[]) => new Map(answers.map((answer) => [answer.agreement?.ctid, answer]));
    fc.assert(
      fc.property(completions, completions, agreements, (items, more, all) => {
        const after = statusOf(recognise([...items, ...more], all));
        for (const [id] of [...statusOf(recognise(items, all))].filter(([, { status }]) => status === 'GUARANTEED')) {
          const { status, reasons } = after.get(id)!;
          expect(status === 'GUARANTEED' || reasons[0]!.agreement !== undefined).toBe(true);
        }
      }),
    );
  });

  it('become guaranteed when the stated reasons, and nothing else, are mended', () => {
    const stated = (answer: Recognition, ...codes: string[]) => answer.reasons.some((reason) => codes.includes(reason.code));
    const mended = (item: Completion, answer: Recognition): Completion => ({
      ...item,
      ...(stated(answer, 'NOT_YET_EFFECTIVE', 'COMPLETED_OUTSIDE_WINDOW') ? { completedOn: answer.agreement!.startDate } : {}),
      ...(stated(answer, 'GRADE_BELOW_MIN', 'CONDITION_UNMET') ? { grade: 100 } : {}),
    });
    fc.assert(
      fc.property(completions, agreements, (items, all) => {
        for (const answer of recognise(items, all).filter(
          (one) => one.agreement && one.status !== 'GUARANTEED' && !stated(one, 'LOST_CONFLICT_TO', 'SUPERSEDED_BY'),
        )) {
          const one = all.find((candidate) => candidate.ctid === answer.agreement!.ctid)!;
          const missing = stated(answer, 'CLUSTER_INCOMPLETE') ? one.from.map((item) => held(one.startDate, 100, item.microCredential)) : [];
          expect(recognise([...items.map((item) => mended(item, answer)), ...missing], [one])[0]!.status).toBe('GUARANTEED');
        }
      }),
    );
  });
});
