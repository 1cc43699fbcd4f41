/** The body of a worker thread that works out what is to be signed: canonical forms of documents cost milliseconds each, and nobody else shall wait for them. */
import { constants, getPriority, setPriority } from 'node:os';
import { unsignedProof } from '@mcr/credentials';
import { serveJobs } from '../threads/serve-jobs.ts';
import type { ProofJob } from './proof-job.ts';

try {
  // Of this thread alone, where the system tells threads apart: what institutions send goes first.
  setPriority(0, Math.min(constants.priority.PRIORITY_LOW, getPriority(0) + constants.priority.PRIORITY_BELOW_NORMAL));
} catch {
  // Not allowed here; then it has the priority of all others.
}

serveJobs(({ document, ...terms }: ProofJob) => unsignedProof(document, terms));
