import { type Credential, SigningKey, addProof, didDocument, keyLookup, signJwt, verifyCredential } from '@mcr/credentials';
import { median } from '../harness/figures.ts';
import { badgesOf } from './badges.ts';
import { OtherImplementation } from './other-implementation.ts';

const NOW = new Date('2026-11-28T12:00:00Z');
const DID = 'did:web:registry.example:institutions:UBC';
const METHOD = `${DID}#key-1`;

/** Something that is done to so many of the badges: issuing, or verifying what was issued before. */
type Work = (from: number, count: number) => Promise<unknown>;

const key = SigningKey.generate();

async function ours() {
  const document = didDocument(DID, [{ id: METHOD, publicKeyMultibase: key.publicKey.multibase, activatedAt: '2020-01-01T00:00:00Z' }], NOW);
  const lookups = { key: keyLookup({ ownDocument: () => Promise.resolve(document) }), statusList: () => Promise.reject(new Error('no list')) };
  const issue = {
    rdfc: (credential: Credential) => addProof(credential, { key, verificationMethod: METHOD, created: NOW, cryptosuite: 'eddsa-rdfc-2022' }),
    jcs: (credential: Credential) => addProof(credential, { key, verificationMethod: METHOD, created: NOW, cryptosuite: 'eddsa-jcs-2022' }),
    JWT: (credential: Credential) => signJwt(credential, { key, verificationMethod: METHOD }),
  };
  const verify = async (presented: string): Promise<void> => {
    const { verdict, checks } = await verifyCredential(presented, { lookups, now: NOW });
    if (verdict !== 'VALID') throw new Error(`Ours says ${verdict}: ${JSON.stringify(checks)}`);
  };
  return { issue, verify };
}

const each =
  (one: (index: number) => Promise<unknown>): Work =>
  async (from, count) => {
    for (let index = from; index < from + count; index += 1) await one(index);
  };

async function ourWorks(badges: readonly Credential[], { issue, verify }: Awaited<ReturnType<typeof ours>>): Promise<Record<string, Work>> {
  const all: Record<string, Work> = {};
  for (const form of ['rdfc', 'jcs', 'JWT'] as const) {
    const issued = await Promise.all(badges.map(async (badge) => issue[form](badge)));
    const texts = issued.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    all[`issue ${form}`] = each((index) => issue[form](badges[index % badges.length]!));
    all[`verify ${form}`] = each((index) => verify(texts[index % texts.length]!));
  }
  return all;
}

/** Theirs in threads, one a cryptosuite; ours verifies some of what they issue, for nobody is ahead who signs something else. */
async function theirWorks(badges: readonly Credential[], verify: (text: string) => Promise<void>) {
  const all: Record<string, Work> = {};
  const others: OtherImplementation[] = [];
  for (const form of ['rdfc', 'jcs'] as const) {
    const other = await OtherImplementation.start({ form, secretKey: key.secretKeyMultibase(), method: METHOD, now: NOW, badges });
    for (const text of other.issued.slice(0, 10)) await verify(text);
    for (const verb of ['issue', 'verify'] as const) all[`their ${verb} ${form}`] = (from, count) => other.work({ verb, from, count });
    others.push(other);
  }
  return { all, stop: () => Promise.all(others.map((other) => other.stop())) };
}

const spentSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** Milliseconds of processor time for one piece of work, of as many as fill `ms`: other processes of the machine do not count. */
async function cost(work: Work, ms: number): Promise<number> {
  const before = process.cpuUsage();
  let done = 0;
  for (; spentSince(before) < ms; done += AT_ONCE) await work(done, AT_ONCE);
  return spentSince(before) / done;
}

/** So many between two looks at the clock. */
const AT_ONCE = 25;
const GOALS = { rdfc: 0.85, jcs: 5, JWT: 5 } as const;

/**
 * Issuing and verifying an Open Badge, beside `@digitalbazaar/vc` in the same run and by turns. It has no JWT and its usual form is rdfc, so that is
 * the baseline of all; its jcs is shown too. Ours reads text and checks shape, terms, keys and dates too. So many `ms` of each in a round.
 */
export async function measureSigningAndVerifying({ ms, rounds }: { readonly ms: number; readonly rounds: number }): Promise<void> {
  const badges = await badgesOf(DID);
  const our = await ours();
  const their = await theirWorks(badges, our.verify);
  const all = { ...(await ourWorks(badges, our)), ...their.all };
  const costs: Record<string, number[]> = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, work] of Object.entries(all)) {
      const measured = await cost(work, ms);
      // The first round warms up.
      if (round > 0) costs[name]!.push(measured);
    }
  await their.stop();
  const rate = (name: string): number => 1000 / median(costs[name]!);
  const line = (verb: string, form: keyof typeof GOALS, baseline: string, goal: string): string =>
    `  ${`${verb} ${form}`.padEnd(12)} ${rate(`${verb} ${form}`).toFixed(0).padStart(6)}/s   beside ${baseline} ${rate(`their ${verb} ${baseline}`).toFixed(0).padStart(6)}/s   ratio ${(rate(`${verb} ${form}`) / rate(`their ${verb} ${baseline}`)).toFixed(2)}${goal}`;
  console.log('credentials, a second of processor time, beside @digitalbazaar/vc');
  for (const verb of ['issue', 'verify']) {
    for (const form of ['rdfc', 'jcs', 'JWT'] as const) console.log(line(verb, form, 'rdfc', ` (goal ≥ ${GOALS[form]})`));
    console.log(line(verb, 'jcs', 'jcs', ''));
  }
}
