import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { UnsignedProof } from '@mcr/credentials';
import { JobThread } from '../threads/job-thread.ts';
import type { ProofJob } from './proof-job.ts';

/** Has the bytes that are to be signed worked out in a thread of its own. */
@Injectable()
export class ProofMaker implements OnApplicationShutdown {
  readonly #thread = new JobThread<ProofJob, UnsignedProof>(new URL('./proof-thread.ts', import.meta.url));

  /** In the order of the jobs. @throws Refusal UNAVAILABLE when the thread was lost; the jobs may be asked for again. */
  unsigned(jobs: readonly ProofJob[]): Promise<readonly UnsignedProof[]> {
    return this.#thread.run(jobs);
  }

  onApplicationShutdown(): Promise<void> {
    return this.#thread.close();
  }
}
