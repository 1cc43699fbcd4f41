import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { answerTo } from './testing/faces.ts';
import { describeInEachMode } from './testing/modes.ts';
import { RegistryProcess } from './testing/registry-process.ts';

const fromRoot = (path: string): string => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const readme = fromRoot('README.md');
const agreements = JSON.parse(fromRoot('samples/agreements.json')) as object[];

interface Recognised {
  readonly receiver: { readonly code: string } | null;
  readonly status: string;
  readonly microCredentials: readonly { readonly name: string }[];
  readonly reasons: readonly object[];
}

/** The pasted commands of one kind of user, as the README has them. */
function examplesFor(user: string): string[] {
  const section = readme.split(`### ${user}\n`)[1]!.split(/^##/m)[0]!;
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].map((match) => match[1]!);
}

describeInEachMode('what the README tells people to paste works on the demonstration province', (mode) => {
  let registry: RegistryProcess;

  beforeAll(async () => {
    registry = await RegistryProcess.start({ mode, demonstration: true });
    await eventually(() => expect(registry.output).toContain('The registry is ready'), { timeoutMs: 120_000 });
  }, 240_000);

  afterAll(() => registry.remove());

  const paste = (commands: string) => {
    const here = commands.replaceAll('127.0.0.1:3000', `127.0.0.1:${registry.port}`);
    return spawnSync('bash', ['-c', here], { cwd: fileURLToPath(new URL('../../..', import.meta.url)), env: registry.environment, encoding: 'utf8' });
  };

  it('for an institution: a good file, a file with every fault, and one record by hand', async () => {
    const [files, record] = examplesFor('An institution');
    const published = paste(files!);
    expect(published.stdout).toContain('40 accepted, 0 duplicate, 0 rejected');
    expect(published.stdout).toMatch(/row 16, column learner\.EMAIL: EMAIL_INVALID/);
    expect(published.status).toBe(1);
    await eventually(() => expect(JSON.parse(paste(record!).stdout)).toMatchObject({ submissions: [{ eventId: 'readme-1', state: 'ACCEPTED' }] }));
  }, 120_000);

  it('for ministry staff: awards by name, and how the registry stands', () => {
    const { data } = JSON.parse(paste(examplesFor('Ministry staff')[0]!).stdout) as {
      data: { awards: { totalCount: number; nodes: object[] }; registryStatus: object };
    };
    expect(data.awards.nodes).toHaveLength(5);
    expect(data.awards.totalCount).toBeGreaterThan(100);
    expect(data.registryStatus).toMatchObject({ institutions: 25, agreements: agreements.length });
  }, 60_000);

  it('for ministry staff: rows of a transfer guide, and what of them is left to a person', () => {
    const imported = paste(examplesFor('Ministry staff')[1]!);
    expect(imported.stdout).toContain('row 6, detail: ALTERNATIVES.');
    expect(imported.stdout).toContain('5 agreements certain');
    expect(imported.stdout).toContain('6 rows left to a person. Nothing was published');
    expect(imported.status).toBe(1);
  }, 60_000);

  it('for a transfer advisor: what three awards count for, and why not', () => {
    const { data } = JSON.parse(paste(examplesFor('A transfer advisor')[0]!).stdout) as { data: { recognitions: Recognised[] } };
    const at = (code: string) => data.recognitions.filter(({ receiver, status }) => receiver?.code === code && status === 'GUARANTEED');
    expect(new Set(data.recognitions.map(({ status }) => status))).toEqual(new Set(['GUARANTEED', 'INDIVIDUAL_ASSESSMENT', 'NOT_APPLICABLE']));
    expect(new Set(data.recognitions.flatMap(({ status, receiver }) => (status === 'GUARANTEED' ? receiver!.code : []))).size).toBe(16);
    expect(new Set(at('UNBC').flatMap(({ microCredentials }) => microCredentials.map(({ name }) => name))).size).toBe(3);
    expect(data.recognitions.every(({ reasons }) => reasons.length > 0)).toBe(true);
  }, 60_000);

  it('for a transfer advisor: the cheapest way to a certificate, with its proof', () => {
    const { data } = JSON.parse(paste(examplesFor('A transfer advisor')[1]!).stdout) as { data: { cheapestCompletion: Record<string, unknown> } };
    expect(data.cheapestCompletion).toMatchObject({
      proof: 'OPTIMAL',
      verdict: 'COMPLETE',
      bound: 1100,
      totals: { cost: 1100, hours: 117, count: 3, terms: 3 },
      plan: [{ ownedBy: { code: 'UNBC' } }, { ownedBy: { code: 'CNC' } }, { ownedBy: { code: 'UVIC' } }],
    });
    expect((data.cheapestCompletion['assignment'] as { place: string }[]).map(({ place }) => place).sort()).toEqual(
      ['fire', 'inventory', 'numbers', 'snow', 'stewardship', 'stewardship'], // prettier-ignore
    );
  }, 60_000);

  it('for a transfer advisor: why a fourth award is not recognised, and what would change that', () => {
    const { data } = JSON.parse(paste(examplesFor('A transfer advisor')[2]!).stdout) as { data: { whyNotRecognised: object } };
    const path = { reasons: [{ code: 'GRADE_BELOW_MIN', have: 66, need: 70 }], fixes: [{ kind: 'GRADE', atLeast: 70 }] };
    expect(data.whyNotRecognised).toMatchObject({ microCredentials: [{ recognised: false, complete: true, paths: [path] }] });
  }, 60_000);

  it('for a learner or employer: the catalogue, searched', () => {
    const { data } = JSON.parse(paste(examplesFor('A learner or employer')[0]!).stdout) as { data: { microCredentials: { totalCount: number } } };
    expect(data.microCredentials.totalCount).toBeGreaterThan(0);
  }, 60_000);

  it('for whoever is shown a credential: as a document and as a picture it is VALID', async () => {
    const token = registry.token('institution', 'BCIT');
    const latest = '{ awards(filter: { status: ACTIVE }, first: 1) { nodes { credential } } }';
    // The awards of the demonstration get their credentials one batch after the other.
    await eventually(
      async () => {
        const { awards } = await answerTo<{ awards: { nodes: { credential: string | null }[] } }>(registry, latest, {}, token);
        expect(awards.nodes[0]!.credential).not.toBeNull();
      },
      { timeoutMs: 240_000 },
    );
    const verdicts = examplesFor('A credential').map((example) => JSON.parse(paste(example).stdout) as object);
    const valid = expect.objectContaining({ verdict: 'VALID', effectiveStatus: 'ACTIVE' });
    expect(verdicts).toEqual([valid, valid]);
  }, 300_000);

  it('for ministry staff: what is certain of a transfer guide is published once, however often it is sent', () => {
    const command = `${examplesFor('Ministry staff')[1]!.trim()} --publish`;
    expect(paste(command).stdout).toContain('5 published, 0 there already, 0 refused.');
    expect(paste(command).stdout).toContain('0 published, 5 there already, 0 refused.');
  }, 60_000);

  it('shows the same province after a second start', async () => {
    const before = await answerTo<object>(registry, '{ registryStatus { institutions microCredentials awards agreements } }');
    expect(await registry.stop()).toBe(0);
    await registry.start();
    expect(await answerTo<object>(registry, '{ registryStatus { institutions microCredentials awards agreements } }')).toEqual(before);
  }, 120_000);
});
