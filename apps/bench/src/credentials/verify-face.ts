import { type Credential, type JsonObject, didDocument, keyLookup, unsignedProof, verifyCredential, withSignature } from '@mcr/credentials';
import { SignForInstitutions } from '@mcr/contracts';
import { serviceItself } from '@mcr/identity';
import { Operations } from '@mcr/runtime';
import Fastify from 'fastify';
import type { BenchProvince } from '../harness/bench-province.ts';
import { percentile } from '../harness/figures.ts';
import type { LoadClient, LoadResult } from '../harness/load.ts';

const CLIENTS = 16;
const CREDENTIALS = 200;

interface Issued {
  readonly awardId: string;
  readonly kid: string;
  readonly document: string;
}

type Form = 'rdfc' | 'jcs' | 'JWT';

interface Check {
  readonly id: string;
  readonly outcome: string;
}

/** A text that is refused is not what was to be measured. With another proof than the one that was handed out the registry says so, as its last check. */
async function isInOrder(url: string, type: string, body: string): Promise<void> {
  const response = await fetch(`${url}/verify`, { method: 'POST', headers: { 'content-type': type }, body });
  const { checks } = (await response.json()) as { checks: readonly Check[] };
  const others = checks.filter(({ id, outcome }) => id !== 'registry_match' && outcome !== 'PASS' && outcome !== 'SKIPPED');
  if (others.length > 0) throw new Error(`Not in order: ${JSON.stringify(others)}`);
}

/** The same credentials with a proof over their canonical JSON: the form that is handed out has one over the graph. */
async function withJsonProof(province: BenchProvince, issued: readonly Issued[]): Promise<string[]> {
  const operations = province.registry.app.get(Operations);
  return Promise.all(
    issued.map(async ({ kid, document }) => {
      const { proof: _, ...credential } = JSON.parse(document) as JsonObject;
      const unsigned = await unsignedProof(credential as Credential, { verificationMethod: kid, created: new Date(), cryptosuite: 'eddsa-jcs-2022' });
      const payloads = [{ kid, payload: Buffer.from(unsigned.bytes).toString('base64url') }];
      const { signatures } = await operations.call(SignForInstitutions, { payloads }, serviceItself('awards'));
      return JSON.stringify(withSignature(credential as Credential, unsigned, Buffer.from(signatures[0]!, 'base64url')));
    }),
  );
}

async function asJwt(province: BenchProvince, { awardId }: Issued): Promise<string> {
  const headers = { authorization: `Bearer ${await province.registrarToken()}`, accept: 'application/vc+jwt' };
  return (await fetch(`${province.url}/awards/${awardId}/credential`, { headers })).text();
}

/** The library's verification behind a bare handler, with the key and the list at hand: nothing of the registry is asked. */
async function bareHandler(province: BenchProvince, [{ kid, document }]: readonly [Issued]): Promise<{ url: string; close(): Promise<void> }> {
  const [did, publicKeyMultibase] = kid.split('#') as [string, string];
  const own = didDocument(did, [{ id: kid, publicKeyMultibase, activatedAt: '2020-01-01T00:00:00Z' }], new Date());
  const { credentialStatus } = JSON.parse(document) as { credentialStatus: { statusListCredential: string } };
  const list = await (await fetch(credentialStatus.statusListCredential)).text();
  const lookups = { key: keyLookup({ ownDocument: () => Promise.resolve(own) }), statusList: () => Promise.resolve(list) };
  const fastify = Fastify();
  for (const type of ['application/vc', 'application/vc+jwt']) fastify.addContentTypeParser(type, { parseAs: 'string' }, (_, body, done) => done(null, body));
  fastify.post('/verify', (request) => verifyCredential(request.body as string, { lookups, now: new Date() }));
  return { url: await fastify.listen({ port: 0, host: '127.0.0.1' }), close: () => fastify.close() };
}

function print(form: Form, ours: LoadResult, bare: LoadResult): void {
  const rate = ({ latencies, ms }: LoadResult): string => `${((latencies.length * 1000) / ms).toFixed(0)}/s`;
  const times = ({ latencies }: LoadResult): string => `p50 ${percentile(latencies, 0.5).toFixed(0)} ms   p99 ${percentile(latencies, 0.99).toFixed(0)} ms`;
  console.log(
    `  verify ${form.padEnd(5)} ${rate(ours).padStart(7)}   ${times(ours)}   beside ${rate(bare)}   ${times(bare)}   ratio ${(bare.ms / ours.ms).toFixed(2)}`,
  );
}

/** `POST /verify` at 16 clients for each form, beside the library's verification alone behind a bare handler. Returns the worst p99. */
export async function measureVerifyFace(province: BenchProvince, client: LoadClient, requests: number): Promise<number> {
  console.log(`credentials, POST /verify at ${CLIENTS} clients, beside the library's verification behind a bare handler`);
  const issued = await province.database('awards').query<Issued>('select award_id as "awardId", kid, document from credential limit $1', [CREDENTIALS]);
  const bare = await bareHandler(province, [issued[0]!]);
  const texts: readonly [Form, string, readonly string[]][] = [
    ['rdfc', 'application/vc', issued.map(({ document }) => document)],
    ['jcs', 'application/vc', await withJsonProof(province, issued)],
    ['JWT', 'application/vc+jwt', await Promise.all(issued.map((each) => asJwt(province, each)))],
  ];
  const worst: number[] = [];
  for (const [form, type, presented] of texts) {
    for (const url of [province.url, bare.url]) await isInOrder(url, type, presented[0]!);
    const bodies = Array.from({ length: requests }, (_, index) => presented[index % presented.length]!);
    const load = (url: string): Promise<LoadResult> => client.run({ url: `${url}/verify`, headers: { 'content-type': type }, bodies, clients: CLIENTS }, 200);
    const plain = await load(bare.url);
    const ours = await load(province.url);
    print(form, ours, plain);
    worst.push(percentile(ours.latencies, 0.99));
  }
  await bare.close();
  return Math.max(...worst);
}
