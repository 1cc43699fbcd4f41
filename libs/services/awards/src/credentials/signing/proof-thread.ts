/** The body of a worker thread that works out what is to be signed: canonical forms of documents cost milliseconds each, and nobody else shall wait for them. */
import { constants, getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type UnsignedProof, unsignedProof } from '@mcr/credentials';
import type { FromProofThread, ToProofThread } from './proof-messages.ts';

try {
  // Of this thread alone, where the system tells threads apart: what institutions send goes first.
  setPriority(0, Math.min(constants.priority.PRIORITY_LOW, getPriority(0) + constants.priority.PRIORITY_BELOW_NORMAL));
} catch {
  // Not allowed here; then it has the priority of all others.
}

async function answerTo({ id, jobs }: ToProofThread): Promise<FromProofThread> {
  try {
    const proofs: UnsignedProof[] = [];
    for (const { document, ...terms } of jobs) proofs.push(await unsignedProof(document, terms));
    return { id, proofs };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

let last: Promise<void> = Promise.resolve();
parentPort!.on('message', (message: ToProofThread) => {
  last = last.then(async () => parentPort!.postMessage(await answerTo(message)));
});
