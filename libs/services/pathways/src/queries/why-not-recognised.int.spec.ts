import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WhyNotCode, WhyNotRecognised } from '@mcr/contracts';
import { type CallerInput, type OutputOf, newCtid } from '@mcr/event-kit';
import { whyNotCodes } from '@mcr/pathway-engine';
import { principals } from '@mcr/testing';
import { AdvisedProvince, aMicroCredentialOf, bcit, certificate, ctids, held, refusalOf, ubc } from '../testing/advised-province.ts';
import { logMicroCredential } from '../testing/other-services.ts';

type Asked = CallerInput<typeof WhyNotRecognised>;
type Question = Asked & Required<Pick<Asked, 'held'>>;
type Path = OutputOf<typeof WhyNotRecognised>['microCredentials'][number]['paths'][number];

const { statistics, cheap, dear } = ctids;
const pathway = certificate.ctid!;
const alone = aMicroCredentialOf(bcit.ctid, 10, 3, 10).ctid;

let province: AdvisedProvince;
beforeAll(async () => {
  province = await AdvisedProvince.start();
  await logMicroCredential(province.registry, { ...aMicroCredentialOf(bcit.ctid, 10, 3, 10), ctid: alone });
});
afterAll(() => province.close());

const ask = async (question: Partial<Question> & Pick<Question, 'microCredentials'>) => (await province.whyNot(question)).microCredentials;

/** The question as it would be with what a path asks of the learner. */
function mended(question: Question, { fixes }: Path): Question {
  let { held: has, declares = [] } = question;
  for (const { kind, microCredentials = [], completedOn, atLeast, atMost, declares: declared } of fixes) {
    const changed = (change: (one: Question['held'][number]) => Question['held'][number]) =>
      (has = has.map((one) => (microCredentials.includes(one.microCredential) ? change(one) : one)));
    if (kind === 'COMPLETE') changed(({ expiresOn: _, ...one }) => ({ ...one, completedOn: completedOn! }));
    if (kind === 'GRADE') changed((one) => ({ ...one, grade: Math.min(atMost ?? 100, Math.max(atLeast ?? 0, one.grade ?? 0)) }));
    if (kind === 'HOLD') has = [...has, ...microCredentials.map((microCredential) => ({ microCredential, completedOn: question.asOf!, grade: 100 }))];
    if (kind === 'REMOVE') has = has.filter(({ microCredential }) => !microCredentials.includes(microCredential));
    if (kind === 'DECLARE') declares = [...declares, declared!];
  }
  return { ...question, held: has, declares };
}

describe('Why something is not recognised', () => {
  it('is said with codes of the closed list, which is that of the engine', () => {
    expect([...WhyNotCode.options].sort()).toEqual([...whyNotCodes].sort());
  });

  it('is nothing where it is recognised: by a receiver, in a pathway, at a requirement', async () => {
    for (const target of [{ receiver: 'UBC' }, { pathway }, { pathway, requirement: 'statistics' }])
      expect(await ask({ ...target, microCredentials: [statistics] })).toEqual([{ microCredential: statistics, recognised: true, paths: [], complete: true }]);
  });

  it('names at a receiver what stands in each way, with ids and what would be needed, and the fix as data and as a sentence', async () => {
    const early = [{ microCredential: statistics, completedOn: '2025-12-31' }];
    const [answer] = await ask({ receiver: 'UBC', microCredentials: [statistics], held: early });
    const fix = { kind: 'COMPLETE', microCredentials: [statistics], completedOn: '2026-09-01', message: expect.stringContaining('2026-09-01') };
    expect(answer).toEqual({
      microCredential: statistics,
      recognised: false,
      complete: true,
      paths: [
        {
          agreement: expect.any(String),
          reasons: [
            { code: 'NOT_YET_EFFECTIVE', message: expect.stringContaining('2026-01-01'), microCredentials: [statistics], startDate: '2026-01-01', fix },
          ],
          fixes: [fix],
        },
      ],
    });
  });

  it('is that there is no agreement, with one that would do, where none begins from it', async () => {
    const has = [{ microCredential: alone, completedOn: '2026-05-01' }];
    expect(await ask({ receiver: 'UBC', microCredentials: [alone], held: has })).toMatchObject([
      {
        paths: [
          {
            reasons: [{ code: 'NO_AGREEMENT', receiver: ubc.ctid }],
            fixes: [
              {
                kind: 'AGREEMENT',
                terms: { sender: bcit.ctid, receiver: ubc.ctid, from: [{ microCredential: alone }], grants: [{ credits: 3 }], ongoing: true },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('is in a pathway, at a requirement and for a limit what keeps it from there', async () => {
    const has = [...held, { microCredential: cheap, completedOn: '2026-05-01' }];
    expect(await ask({ pathway, requirement: 'statistics', microCredentials: [cheap], held: has })).toMatchObject([
      { recognised: false, paths: [{ reasons: expect.arrayContaining([expect.objectContaining({ code: 'UNASSIGNED_ONLY', courses: ['STAT 200'] })]) }] },
    ]);
    expect(await ask({ pathway, microCredentials: [alone], held: [{ microCredential: alone, completedOn: '2026-05-01' }] })).toMatchObject([
      { recognised: false, paths: [{ reasons: [{ fix: { kind: 'AGREEMENT' } }] }] },
    ]);
    expect(await ask({ pathway, requirement: 'total', microCredentials: [cheap, statistics], held: has })).toMatchObject([
      { microCredential: cheap, recognised: true },
      { microCredential: statistics, recognised: true },
    ]);
  });

  it('is gone when the learner does what a path says, whatever it was', async () => {
    const rated = aMicroCredentialOf(bcit.ctid, 10, 3, 10);
    const [one, other] = [aMicroCredentialOf(bcit.ctid, 10, 3, 10), aMicroCredentialOf(bcit.ctid, 10, 3, 10)];
    for (const microCredential of [rated, one, other]) await logMicroCredential(province.registry, microCredential);
    await province.agree(rated.ctid, { course: 'RATE 100', subject: 'RATE', credits: 3 }, { from: [{ microCredential: rated.ctid, minGrade: 70.5 }] });
    const both = [{ microCredential: one.ctid }, { microCredential: other.ctid, minGrade: 60 }];
    await province.agree(one.ctid, { course: 'BOTH 100', subject: 'BOTH', credits: 3 }, { kind: 'CLUSTER', from: both, endDate: '2026-12-31' });
    const questions = [
      [{ microCredential: rated.ctid, completedOn: '2026-05-01', grade: 70.49 }],
      [{ microCredential: rated.ctid, completedOn: '2025-05-01' }],
      [{ microCredential: one.ctid, completedOn: '2026-05-01' }],
      [
        { microCredential: one.ctid, completedOn: '2025-05-01' },
        { microCredential: other.ctid, completedOn: '2026-05-01', grade: 59 },
      ],
    ].map((has): Question => ({ receiver: 'UBC', microCredentials: [has[0]!.microCredential], held: has, asOf: '2026-09-01' }));
    for (const question of questions) {
      const [answer] = await ask(question);
      expect(answer).toMatchObject({ recognised: false, complete: true });
      expect(await ask(mended(question, answer!.paths[0]!))).toMatchObject([{ recognised: true }]);
    }
  });

  it('names the agreement that goes first, and the key that decided', async () => {
    const assigned = await province.agree(dear, { course: 'STAT 300', subject: 'STAT', credits: 3 });
    const [answer] = await ask({ pathway, requirement: 'electives', microCredentials: [dear], held: [{ microCredential: dear, completedOn: '2026-05-01' }] });
    expect(answer).toMatchObject({ recognised: false });
    const lost = answer!.paths.flatMap(({ agreement, reasons }) =>
      reasons.filter(({ code }) => code === 'LOST_CONFLICT_TO').map((reason) => ({ ...reason, by: agreement })),
    );
    expect(lost).toMatchObject([{ agreement: assigned, key: 'KIND', fix: { kind: 'AMEND', terms: { priority: 1 } } }]);
    expect(lost[0]!.fix.agreement).toBe(lost[0]!.by);
  });

  it('is said only of what is held, of a target that there is, and of one target', async () => {
    const wrong = (question: Partial<Question>) => refusalOf(ask({ microCredentials: [statistics], ...question }));
    expect(await wrong({})).toEqual({ code: 'INVALID_INPUT', faults: ['/receiver INVALID_VALUE'] });
    expect(await wrong({ receiver: 'UBC', pathway })).toMatchObject({ faults: ['/receiver INVALID_VALUE'] });
    expect(await wrong({ receiver: 'UBC', requirement: 'statistics' })).toMatchObject({ faults: ['/receiver INVALID_VALUE'] });
    expect(await wrong({ receiver: 'NOBODY' })).toEqual({ code: 'INSTITUTION_NOT_FOUND', faults: ['/receiver INSTITUTION_NOT_FOUND'] });
    expect(await wrong({ pathway: newCtid() })).toEqual({ code: 'PATHWAY_NOT_FOUND', faults: ['/pathway PATHWAY_NOT_FOUND'] });
    expect(await wrong({ pathway, requirement: 'nothing', microCredentials: [statistics, cheap] })).toEqual({
      code: 'INVALID_INPUT',
      faults: ['/requirement INVALID_VALUE', '/microCredentials/1 INVALID_VALUE'],
    });
    expect(await wrong({ pathway, microCredentials: [] })).toMatchObject({ faults: ['/microCredentials TOO_SMALL'] });
    expect(await refusalOf(province.registry.call(WhyNotRecognised, { pathway, held, microCredentials: [statistics] }, principals.service))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
