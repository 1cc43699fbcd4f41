import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Credential } from '@mcr/credentials';

export interface OtherSetUp {
  readonly form: 'rdfc' | 'jcs';
  readonly secretKey: string;
  readonly method: string;
  readonly now: Date;
  readonly badges: readonly Credential[];
}

export interface ToOther {
  readonly verb: 'issue' | 'verify';
  readonly from: number;
  readonly count: number;
}

export interface FromOther {
  readonly error?: string;
  readonly issued?: readonly string[];
}

/** `@digitalbazaar/vc` in a thread of its own, for one of its cryptosuites. Its processor time is that of this process. */
export class OtherImplementation {
  private constructor(
    private readonly worker: Worker,
    /** What it made of the badges. */
    readonly issued: readonly string[],
  ) {}

  static async start(workerData: OtherSetUp): Promise<OtherImplementation> {
    const worker = new Worker(new URL('other-thread.ts', import.meta.url), { workerData });
    const [{ issued }] = (await once(worker, 'message')) as [FromOther];
    return new OtherImplementation(worker, issued!);
  }

  async work(asked: ToOther): Promise<void> {
    const answered = once(this.worker, 'message') as Promise<[FromOther]>;
    this.worker.postMessage(asked);
    const [{ error }] = await answered;
    if (error !== undefined) throw new Error(error);
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
