import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Received, SignedReading, Signer } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { Settings } from '@mcr/runtime';
import { recordFault } from '../../domain/record/record-fault.ts';
import { contentOf, type ReadSignedCredential } from '../../domain/signed/signed-credential.ts';
import { takenCredentialIds } from '../../storage/verification-store.ts';
import { JobThread } from '../threads/job-thread.ts';
import { KeyFacts } from './key-facts.ts';
import type { ReadingJob } from './reading-job.ts';

/** A signed credential as a record carries it. */
export interface SentCredential {
  readonly institutionCode: string;
  readonly signedCredential: string | Record<string, unknown>;
  readonly receivedAt: Date;
}

/** Some seconds of reading. What comes beside it is asked to come back. */
const MOST_IN_HAND = 2_000;

const NO_KEY: SignedReading = {
  outcome: 'REFUSED',
  faults: [{ pointer: '/issuer', code: 'KEY_NOT_FOUND', message: 'The registry knows no key of the institution.' }],
};

/** Whether another look at the keys could find otherwise. */
const lacksAKey = (reading: SignedReading): boolean => reading.outcome === 'REFUSED' && reading.faults.some(({ code }) => code === 'KEY_NOT_FOUND');

/** Reads the credentials that institutions signed themselves, in a thread of its own, before their records are decided: no lock is held meanwhile. */
@Injectable()
export class SignedCredentials implements OnApplicationShutdown {
  #inHand = 0;
  readonly #thread = new JobThread<ReadingJob, SignedReading>(new URL('./reading-thread.ts', import.meta.url));

  constructor(
    private readonly database: Database,
    private readonly keys: KeyFacts,
    private readonly settings: Settings,
  ) {}

  /** In the order given. What is wrong with a credential is in its answer. @throws Refusal TOO_MANY_REQUESTS, before anything is read. */
  async read(sent: readonly SentCredential[]): Promise<ReadSignedCredential[]> {
    if (this.#inHand > 0 && this.#inHand + sent.length > MOST_IN_HAND)
      throw new Refusal('TOO_MANY_REQUESTS', 'Too many signed credentials are waiting to be read.', { retryAfterSeconds: 2 });
    this.#inHand += sent.length;
    try {
      return await this.readAll(sent);
    } finally {
      this.#inHand -= sent.length;
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.#thread.close();
  }

  private async readAll(sent: readonly SentCredential[]): Promise<ReadSignedCredential[]> {
    const readings = await this.readWithKeys(sent);
    const unsure = sent.flatMap((_, at) => (lacksAKey(readings[at]!) ? [at] : []));
    if (unsure.length > 0) {
      await this.keys.catchUp();
      const again = await this.readWithKeys(unsure.map((at) => sent[at]!));
      unsure.forEach((at, nth) => (readings[at] = again[nth]!));
    }
    return this.withoutTakenIds(readings.map((reading, at) => contentOf(reading, sent[at]!.signedCredential, this.settings.publicUrl)));
  }

  private async readWithKeys(sent: readonly SentCredential[]): Promise<SignedReading[]> {
    const codes = [...new Set(sent.map(({ institutionCode }) => institutionCode))];
    const signers = new Map<string, Signer | undefined>();
    for (const code of codes) signers.set(code, await this.keys.signer(code));
    const jobs = sent.flatMap(({ institutionCode, signedCredential, receivedAt }): ReadingJob[] => {
      const signer = signers.get(institutionCode);
      return signer ? [{ received: signedCredential as Received, signer, at: receivedAt }] : [];
    });
    const read = (await this.#thread.run(jobs)).values();
    return sent.map(({ institutionCode }) => (signers.get(institutionCode) ? read.next().value! : NO_KEY));
  }

  private async withoutTakenIds(read: readonly ReadSignedCredential[]): Promise<ReadSignedCredential[]> {
    const ids = read.flatMap((each) => ('faults' in each ? [] : [each.credentialId]));
    const taken = ids.length === 0 ? new Set() : await takenCredentialIds(this.database, ids);
    return read.map((each) =>
      'faults' in each || !taken.has(each.credentialId) ? each : { faults: [recordFault('CREDENTIAL_EXISTS', '/signedCredential/id')] },
    );
  }
}
