import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WhyNotRecognised } from '@mcr/contracts';
import { type OutputOf, newCtid } from '@mcr/event-kit';
import { basis, BASIS, QuestionSetting } from '../../testing/question-setting.ts';
import type { RunningGateway } from '../../testing/start-gateway.ts';

let setting: QuestionSetting;
let gateway: RunningGateway;
let advisor: string;
let pathway: string;
let taught: string;
beforeAll(async () => {
  setting = await QuestionSetting.start();
  ({ gateway, advisor, pathway, taught } = setting);
});
beforeEach(() => void (gateway.neighbours.asked.length = 0));
afterAll(() => gateway.close());

describe('Why something is not recognised', () => {
  const query = `query ($p: ID!, $h: [CompletionInput!]!, $m: [ID!]!) { whyNotRecognised(pathway: $p, requirement: "statistics", held: $h, microCredentials: $m) {
    microCredentials { microCredential { name } recognised complete paths { agreement fixes { kind }
      reasons { code message microCredentials have need fix { kind message atLeast terms { grants { course credits } } } } } } ${BASIS} } }`;

  it('is shown way by way, with reasons and fixes', async () => {
    const fix = { kind: 'GRADE' as const, message: 'A grade of at least 70.', microCredentials: [taught], atLeast: 70 };
    const ask = { kind: 'ASK' as const, message: 'Ask.', terms: { grants: [{ course: 'STAT 200', credits: 3 }] } };
    const reasons = [{ code: 'GRADE_BELOW_MIN' as const, message: 'It is 60.', microCredentials: [taught], have: 60, need: 70, fix }];
    const agreement = newCtid();
    const paths = [
      { agreement, reasons, fixes: [fix] },
      { reasons: [{ code: 'INDIVIDUAL_ASSESSMENT' as const, message: 'Somebody looks.', fix: ask }], fixes: [ask] },
    ];
    gateway.neighbours.on(WhyNotRecognised, (): OutputOf<typeof WhyNotRecognised> => ({
      microCredentials: [{ microCredential: taught, recognised: false, complete: true, paths }],
      ...basis,
    }));
    const { data, errors } = await gateway.ask(query, { ...setting.variables(), m: [taught] }, advisor);
    expect(errors).toBeUndefined();
    const none = { microCredentials: null, have: null, need: null };
    expect(data!['whyNotRecognised']).toEqual({
      microCredentials: [
        {
          microCredential: { name: 'Data Visualization Essentials' },
          recognised: false,
          complete: true,
          paths: [
            {
              agreement,
              fixes: [{ kind: 'GRADE' }],
              reasons: [
                {
                  code: 'GRADE_BELOW_MIN',
                  message: 'It is 60.',
                  microCredentials: [taught],
                  have: 60,
                  need: 70,
                  fix: { kind: 'GRADE', message: 'A grade of at least 70.', atLeast: 70, terms: null },
                },
              ],
            },
            {
              agreement: null,
              fixes: [{ kind: 'ASK' }],
              reasons: [
                {
                  code: 'INDIVIDUAL_ASSESSMENT',
                  message: 'Somebody looks.',
                  ...none,
                  fix: { kind: 'ASK', message: 'Ask.', atLeast: null, terms: { grants: [{ course: 'STAT 200', credits: 3 }] } },
                },
              ],
            },
          ],
        },
      ],
      ...basis,
    });
    expect(setting.asked()).toMatchObject({ pathway, requirement: 'statistics', microCredentials: [taught], timeBudgetMs: 2000 });
  });

  it('is for whoever is signed in, of one target', async () => {
    expect((await gateway.ask(query, { ...setting.variables(), m: [taught] })).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    const two = await gateway.ask(query.replace('pathway: $p', 'pathway: $p, receiver: "UBC"'), { ...setting.variables(), m: [taught] }, advisor);
    expect(two.errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '/receiver' }] });
  });
});
