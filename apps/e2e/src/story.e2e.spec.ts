import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { answerTo, ask, outcomeOf, publish } from './testing/faces.ts';
import { describeInEachMode } from './testing/modes.ts';
import { Province, revocation, submission } from './testing/province.ts';
import { RegistryProcess } from './testing/registry-process.ts';

const AWARDS = `query ($code: String!) { awards(filter: { institution: $code, status: ACTIVE }, first: 100) {
  totalCount nodes { id sourceAwardId awardedDate status institution { code } microCredential { name } } } }`;

const RECOGNITIONS = `query ($held: [HeldMicroCredentialInput!]!) { recognitions(held: $held) {
  receiver { code } agreement { id kind startDate endDate } status grants { course subject level credits } reasons { code message } } }`;

interface Awards {
  readonly awards: { readonly totalCount: number; readonly nodes: readonly { sourceAwardId: string; microCredential: { name: string } }[] };
}

interface Taken {
  readonly submissions: readonly { readonly eventId: string; readonly submissionId: string; readonly state: string }[];
}

describeInEachMode('an award travels from an institution to everybody who may ask', (mode) => {
  let registry: RegistryProcess;
  let province: Province;
  let welding: string;
  let client: string;

  beforeAll(async () => {
    registry = await RegistryProcess.start({ mode });
    province = new Province(registry);
    await province.institution('NLC', 'Northern Lights College');
    await province.institution('CNC', 'College of New Caledonia');
    welding = await province.microCredential('NLC', { title: 'Welding for Farmers' });
    await province.mutate('publishAgreement', {
      kind: 'ASSIGNED',
      sender: 'NLC',
      receiver: 'CNC',
      from: [{ microCredential: welding }],
      grants: [{ course: 'WELD 101', subject: 'WELD', level: 100, credits: 1.5 }],
      startDate: '2026-01-01',
    });
    client = await province.clientToken('NLC');
  }, 180_000);

  afterAll(() => registry.remove());

  const activeAwards = async (code: string): Promise<Awards['awards']> => (await answerTo<Awards>(registry, AWARDS, { code }, province.registrar)).awards;

  it('gives each good and bad record its one outcome, and counts rise by exactly the accepted', async () => {
    const good = Array.from({ length: 20 }, (_, index) => submission('NLC', welding, `NLC-2026-${index}`));
    const bad = [
      submission('NLC', welding, 'NLC-FUTURE', { awardedDate: '2999-01-01' }),
      submission('NLC', welding, 'NLC-NOBODY', { learner: { identifiers: [] }, hoursCompleted: 400 }),
      submission('NLC', welding, 'NLC-UNKNOWN-PROPERTY', { favouriteColour: 'green' }),
    ];
    const response = await eventually(async () => {
      const answer = await publish(registry, [...good, ...bad], client);
      if (answer.status === 401) throw new Error('The client has not arrived yet.');
      return answer;
    });
    expect(response.status).toBe(202);
    const { submissions } = (await response.json()) as Taken;
    expect(submissions).toHaveLength(23);

    const outcomes = await Promise.all(
      submissions.map(({ submissionId }) =>
        eventually(async () => {
          const outcome = await outcomeOf(registry, submissionId, client);
          expect(outcome.state).not.toBe('PENDING');
          return outcome;
        }),
      ),
    );
    expect(outcomes.filter(({ state }) => state === 'ACCEPTED')).toHaveLength(20);
    const codes = outcomes.slice(20).map(({ errors }) => errors!.map(({ code }) => code).sort());
    expect(codes).toEqual([['AWARDED_IN_FUTURE'], ['HOURS_OUT_OF_RANGE', 'LEARNER_UNIDENTIFIED'], ['UNKNOWN_PROPERTY']]);

    await eventually(async () => expect(await activeAwards('NLC')).toMatchObject({ totalCount: 20 }));
    expect((await activeAwards('NLC')).nodes[0]!.microCredential.name).toBe('Welding for Farmers');
  });

  it('answers what the award of one institution counts for at another', async () => {
    const { recognitions } = await answerTo<{ recognitions: object[] }>(registry, RECOGNITIONS, {
      held: [{ microCredential: welding, completedOn: '2026-10-01' }],
    });
    expect(recognitions).toMatchObject([{ receiver: { code: 'CNC' }, status: 'GUARANTEED', grants: [{ course: 'WELD 101', credits: 1.5 }] }]);
  });

  it('refuses the client of another institution, and keeps its awards from that institution', async () => {
    const other = await province.clientToken('CNC');
    const response = await eventually(async () => {
      const answer = await publish(registry, submission('NLC', welding, 'NLC-STOLEN'), other);
      if (answer.status === 401) throw new Error('The client has not arrived yet.');
      return answer;
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'SOURCE_NOT_YOURS' });
    const { data, errors } = await ask<{ awards: null }>(registry, AWARDS, { code: 'NLC' }, registry.token('institution', 'CNC'));
    expect(data.awards === null ? errors![0]!.extensions.code : (data.awards as { totalCount: number }).totalCount).toEqual(
      data.awards === null ? 'FORBIDDEN' : 0,
    );
  });

  it('shows a revocation', async () => {
    const response = await publish(registry, revocation('NLC', 'NLC-2026-0', 2), client);
    expect(response.status).toBe(202);
    await eventually(async () => expect(await activeAwards('NLC')).toMatchObject({ totalCount: 19 }));
    expect((await activeAwards('NLC')).nodes.map(({ sourceAwardId }) => sourceAwardId)).not.toContain('NLC-2026-0');
  });

  it('stops in order when it is asked to', async () => {
    expect(await registry.stop()).toBe(0);
  });
});
