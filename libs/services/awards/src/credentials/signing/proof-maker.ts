import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { UnsignedProof } from '@mcr/credentials';
import { Refusal } from '@mcr/event-kit';
import type { FromProofThread, ProofJob, ToProofThread } from './proof-messages.ts';

interface Asked {
  resolve(proofs: readonly UnsignedProof[]): void;
  reject(error: Error): void;
}

/** Has the bytes that are to be signed worked out in a thread of its own, which is begun when it is needed and replaced when it is lost. */
@Injectable()
export class ProofMaker implements OnApplicationShutdown {
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #next = 0;
  #closed = false;

  /** In the order of the jobs. @throws Refusal UNAVAILABLE when the thread was lost; the jobs may be asked for again. */
  async unsigned(jobs: readonly ProofJob[]): Promise<readonly UnsignedProof[]> {
    if (this.#closed) throw new Refusal('UNAVAILABLE', 'The service is closing.', { retryAfterSeconds: 2 });
    const worker = (this.#worker ??= this.#begin());
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#asked.set(id, { resolve, reject });
      worker.postMessage({ id, jobs } satisfies ToProofThread);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./proof-thread.ts', import.meta.url));
    worker.unref();
    worker.on('message', (message: FromProofThread) => {
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if ('proofs' in message) asked?.resolve(message.proofs);
      else asked?.reject(new Error(message.error));
    });
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const lost = new Refusal('UNAVAILABLE', 'The thread that prepares proofs ended.', { retryAfterSeconds: 2 });
    for (const { reject } of this.#asked.values()) reject(lost);
    this.#asked.clear();
  }
}
