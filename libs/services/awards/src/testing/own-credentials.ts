import type { SubmitAward } from '@mcr/contracts';
import type { Credential, JsonObject } from '@mcr/credentials';
import { eventually } from '@mcr/testing';
import { Intake } from '../intake/intake.ts';
import { startAwards } from './awards-registry.ts';
import { ownBadge, withProof } from './own-badge.ts';
import { submitted } from './records.ts';

/** A registry with an institution that signs its own credentials, and all that a story about them asks and says. */
export async function startWithOwnCredentials() {
  // Reading may take a while on a busy machine; nothing here is about waits that end.
  const registry = await startAwards({ revisionGapMs: 60_000, factWaitMs: 10_000 });
  const bcit = await registry.anInstitution('BCIT');
  const course = await registry.aMicroCredentialOf(bcit);
  let version = 10;
  const anotherKey = (changes: Parameters<typeof registry.anOwnKeyFor>[2] = {}) => registry.anOwnKeyFor(bcit, version++, changes);
  const own = await anotherKey();
  const address = `${registry.url}/micro-credentials/${course.ctid}`;
  const badge = (changes: JsonObject = {}, subject: JsonObject = {}): Credential => ownBadge(own.snapshot.did, `${address}/versions/1`, changes, subject);
  const record = (signedCredential?: unknown, data: Partial<SubmitAward> = {}) =>
    submitted(bcit, { microCredentialCtid: course.ctid, ...data, ...(signedCredential !== undefined && { signedCredential: signedCredential as string }) });

  return {
    registry,
    bcit,
    course,
    own,
    address,
    badge,
    record,
    /** A key of the institution, beside its first. */
    anotherKey,
    nextVersion: () => version++,
    signed: (document = badge(), key = own) => withProof(document, key),
    take: (...records: Parameters<Intake['take']>[0]) => registry.get(Intake).take(records),
    /** Sends a record with that credential, and says its state and faults. */
    async sent(signedCredential: unknown, data: Partial<SubmitAward> = {}): Promise<string[]> {
      const [{ submissionId, state } = { submissionId: '', state: '' }] = await registry.get(Intake).take([record(signedCredential, data)]);
      const [row] = await registry.sql<{ errors: { code: string; pointer: string }[] | null }>('select errors from submission where submission_id = $1', [
        submissionId,
      ]);
      return [state, ...(row!.errors ?? []).map(({ code, pointer }) => `${code} ${pointer}`)];
    },
    /** The award under that sourceAwardId, once it has its credential. */
    awardOf: (sourceAwardId: string): Promise<{ award_id: string; status_list_id: string | null }> =>
      eventually(async () => {
        const [row] = await registry.sql<{ award_id: string; status_list_id: string | null }>(
          'select award_id, status_list_id from source_award join credential using (award_id) where source_award_id = $1',
          [sourceAwardId],
        );
        if (!row) throw new Error('There is no credential yet.');
        return row;
      }),
    async handedOut(awardId: string, accept?: string): Promise<{ status: number; type: string | undefined; bytes: Buffer }> {
      const headers = { authorization: `Bearer ${await registry.tokenOf(bcit)}`, ...(accept && { accept }) };
      const response = await fetch(`${registry.url}/awards/${awardId}/credential`, { headers });
      return { status: response.status, type: response.headers.get('content-type')?.split(';')[0], bytes: Buffer.from(await response.arrayBuffer()) };
    },
    async verified(body: string | Buffer, type = 'application/vc'): Promise<{ verdict: string; failed: string[] }> {
      const response = await fetch(`${registry.url}/verify`, { method: 'POST', headers: { 'content-type': type }, body: body as string });
      const { verdict, checks } = (await response.json()) as { verdict: string; checks: { id: string; outcome: string; code: string }[] };
      return { verdict, failed: checks.filter(({ outcome }) => outcome !== 'PASS').map(({ id, outcome, code }) => `${id} ${outcome} ${code}`) };
    },
  };
}

export type OwnCredentials = Awaited<ReturnType<typeof startWithOwnCredentials>>;
