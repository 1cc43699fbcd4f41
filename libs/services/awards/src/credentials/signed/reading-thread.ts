/** The body of a worker thread that reads what institutions signed: canonical forms and signatures cost milliseconds each, and nobody else shall wait for them. */
import { readSigned } from '@mcr/credentials';
import { serveJobs } from '../threads/serve-jobs.ts';
import type { ReadingJob } from './reading-job.ts';

serveJobs(({ received, signer, at }: ReadingJob) => readSigned(received, signer, at));
