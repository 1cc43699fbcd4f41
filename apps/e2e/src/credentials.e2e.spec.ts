import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { answerTo, ask, publish } from './testing/faces.ts';
import { describeInEachMode } from './testing/modes.ts';
import { revocation } from './testing/province.ts';
import { RegistryProcess } from './testing/registry-process.ts';

/** Within this a revocation shows. */
const REVOKED_WITHIN_MS = 60_000;

const AWARD = '{ awards(filter: { institution: "BCIT", status: ACTIVE }, first: 1) { nodes { id sourceAwardId revision } } }';
const VERIFY = 'query ($credential: String!) { verifyCredential(credential: $credential) { verdict effectiveStatus checks { id outcome code } } }';

interface Award {
  readonly id: string;
  readonly sourceAwardId: string;
  readonly revision: number;
}

interface Verification {
  readonly verdict: string;
  readonly effectiveStatus?: string;
  readonly checks: readonly { readonly id: string; readonly outcome: string; readonly code: string }[];
}

const outcomeOfCheck = ({ checks }: Verification, id: string): string | undefined => checks.find((check) => check.id === id)?.outcome;

/** Every address under this one in a document, without what follows a #. */
const addressesIn = (value: unknown, under: string): string[] => {
  if (typeof value === 'string') return value.startsWith(`${under}/`) ? [value.replace(/#.*/, '')] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap((each) => addressesIn(each, under)) : [];
};

describeInEachMode('a credential of the demonstration is real until its institution revokes the award', (mode) => {
  let registry: RegistryProcess;
  let award: Award;
  let bcit: string;
  let credential: string;

  beforeAll(async () => {
    registry = await RegistryProcess.start({ mode, demonstration: true });
    await eventually(() => expect(registry.output).toContain('The registry is ready'), { timeoutMs: 120_000 });
    bcit = registry.token('institution', 'BCIT');
    const { awards } = await answerTo<{ awards: { nodes: readonly Award[] } }>(registry, AWARD, {}, bcit);
    award = awards.nodes[0]!;
  }, 300_000);

  afterAll(() => registry.remove());

  const download = (token: string) => fetch(`${registry.url}/awards/${award.id}/credential`, { headers: { authorization: `Bearer ${token}` } });

  /** What anybody hears who was handed the document. */
  async function verdictOf(document: string): Promise<Verification> {
    const response = await fetch(`${registry.url}/verify`, { method: 'POST', headers: { 'content-type': 'application/vc' }, body: document });
    expect(response.status).toBe(200);
    return (await response.json()) as Verification;
  }

  it('its institution downloads it, and no other does', async () => {
    credential = await eventually(
      async () => {
        const response = await download(bcit);
        if (response.status !== 200) throw new Error(`The download answered ${response.status}.`);
        expect(response.headers.get('content-type')).toContain('application/vc');
        return response.text();
      },
      { timeoutMs: 240_000 },
    );
    expect((await download(registry.token('institution', 'UBC'))).status).toBe(404);
  }, 300_000);

  it('anybody verifies it, over HTTP and in GraphQL, and hears that it is VALID', async () => {
    const verification = await verdictOf(credential);
    expect(verification.checks.filter(({ outcome }) => outcome !== 'PASS')).toEqual([]);
    expect(verification).toMatchObject({ verdict: 'VALID', effectiveStatus: 'ACTIVE' });
    const { data } = await ask<{ verifyCredential: Verification }>(registry, VERIFY, { credential });
    expect(data.verifyCredential).toMatchObject({ verdict: 'VALID', effectiveStatus: 'ACTIVE' });
  }, 60_000);

  it('every address of the registry in it leads to what it names', async () => {
    const addresses = [...new Set(addressesIn(JSON.parse(credential), registry.url))];
    const { issuer } = JSON.parse(credential) as { issuer: { id: string } };
    for (const name of ['did.json', 'keys.json']) addresses.push(`${registry.url}/${issuer.id.split(':').slice(3).join('/')}/${name}`);
    for (const part of ['/micro-credentials/', '/versions/', '/competencies/', '/status/', '/institutions/'])
      expect(addresses).toEqual(expect.arrayContaining([expect.stringContaining(part)]));
    const answers = await Promise.all(addresses.map(async (address) => [address, (await fetch(address)).status] as const));
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  }, 60_000);

  it('it is not verified once a letter of it was changed', async () => {
    const changed = await verdictOf(credential.replace(/"name":"/, '"name":"A '));
    expect([changed.verdict, outcomeOfCheck(changed, 'proof')]).toEqual(['NOT_VERIFIED', 'FAIL']);
  }, 60_000);

  it('it is REVOKED within a minute once its institution revoked the award', async () => {
    const revoked = await publish(registry, revocation('BCIT', award.sourceAwardId, award.revision + 1), registry.token('institution-client', 'BCIT'));
    expect(revoked.status).toBe(202);
    const verification = await eventually(
      async () => {
        const answer = await verdictOf(credential);
        expect(answer.verdict).toBe('REVOKED');
        return answer;
      },
      { timeoutMs: REVOKED_WITHIN_MS },
    );
    expect([verification.effectiveStatus, outcomeOfCheck(verification, 'revocation')]).toEqual(['REVOKED', 'FAIL']);
  }, 120_000);
});
