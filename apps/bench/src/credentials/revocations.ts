import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { soon, type BenchProvince } from '../harness/bench-province.ts';
import { percentile } from '../harness/figures.ts';

const GOAL_MS = 60_000;

interface Issued {
  readonly sourceAwardId: string;
  readonly document: string;
}

async function revoke(province: BenchProvince, sourceAwardId: string, token: string): Promise<void> {
  const response = await fetch(`${province.url}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({
      specversion: '1.0',
      id: randomUUID(),
      source: `urn:bc:mcr:inst:${province.code}`,
      type: 'ca.bc.mcr.award.revoke.v1',
      subject: sourceAwardId,
      data: { sourceAwardId, revision: 2, reasonCode: 'ISSUED_IN_ERROR' },
    }),
  });
  if (response.status !== 202) throw new Error(`A revocation was answered ${response.status}: ${await response.text()}`);
}

/** Asks the public list until the bit is set. */
function untilListed(list: string, index: number): Promise<void> {
  return soon(async () => {
    const { credentialSubject } = (await (await fetch(list)).json()) as { credentialSubject: { encodedList: string } };
    const bits = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'));
    if (((bits[index >> 3]! >> (7 - (index & 7))) & 1) === 0) throw new Error(`Entry ${index} of ${list} is not set.`);
  }, GOAL_MS);
}

function untilRevoked(province: BenchProvince, body: string): Promise<void> {
  return soon(async () => {
    const response = await fetch(`${province.url}/verify`, { method: 'POST', headers: { 'content-type': 'application/vc' }, body });
    const { verdict } = (await response.json()) as { verdict: string };
    if (verdict !== 'REVOKED') throw new Error(`The verdict is ${verdict}.`);
  }, GOAL_MS);
}

/** From the answer 202 to a revocation until the list shows it, and until the verdict does; asked from the outside, one after the other. */
export async function measureRevocations(province: BenchProvince, revocations: number): Promise<number> {
  console.log(`credentials, ${revocations} revocations from 202 until everybody can see them`);
  const issued = await province
    .database('awards')
    .query<Issued>(
      `select s.source_award_id as "sourceAwardId", c.document from credential c join source_award s using (award_id) order by random() limit $1`,
      [revocations],
    );
  const [listed, revoked]: [number[], number[]] = [[], []];
  for (const { sourceAwardId, document } of issued) {
    const { credentialStatus: status } = JSON.parse(document) as { credentialStatus: { statusListCredential: string; statusListIndex: string } };
    await revoke(province, sourceAwardId, await province.clientToken());
    const start = performance.now();
    await Promise.all([
      untilListed(status.statusListCredential, Number(status.statusListIndex)).then(() => listed.push(performance.now() - start)),
      untilRevoked(province, document).then(() => revoked.push(performance.now() - start)),
    ]);
  }
  for (const [what, times] of [
    ['GET /status shows it', listed],
    ['POST /verify says REVOKED', revoked],
  ] as const)
    console.log(`  ${what.padEnd(28)} p50 ${percentile(times, 0.5).toFixed(0)} ms   p99 ${percentile(times, 0.99).toFixed(0)} ms (goal < ${GOAL_MS / 1000} s)`);
  return percentile([...listed, ...revoked], 0.99);
}
