import { parentPort } from 'node:worker_threads';
import type { FromThread, ToThread } from './thread-messages.ts';

/** The body of a thread: does what is asked, one job after the other, in order. */
export function serveJobs<Job, Result>(done: (job: Job) => Promise<Result>): void {
  const answerTo = async ({ id, jobs }: ToThread<Job>): Promise<FromThread<Result>> => {
    try {
      const results: Result[] = [];
      for (const job of jobs) results.push(await done(job));
      return { id, results };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  let last: Promise<void> = Promise.resolve();
  parentPort!.on('message', (message: ToThread<Job>) => {
    last = last.then(async () => parentPort!.postMessage(await answerTo(message)));
  });
}
