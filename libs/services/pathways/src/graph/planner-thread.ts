/** The body of a planner's worker thread: an engine of its own, told by messages what changed, asked one question at a time. */
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { PathwayEngine } from '@mcr/pathway-engine';
import { tell } from '../domain/facts/graph-fact.ts';
import type { FromPlanner, GivenUp, ToPlanner } from './planner-messages.ts';
import { searches } from './searches.ts';

const givenUp = workerData as GivenUp;
let engine = new PathwayEngine();

function answerTo({ name, number, question }: Extract<ToPlanner, { type: 'ask' }>): FromPlanner {
  const patience = { now: () => performance.now(), cancelled: () => Atomics.load(givenUp, 0) >= number };
  try {
    return { answered: searches[name](engine, question as never, patience) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort!.on('message', (message: ToPlanner) => {
  if (message.type === 'ask') parentPort!.postMessage(answerTo(message));
  else if (message.type === 'tell') tell(engine, message.facts);
  else engine = new PathwayEngine();
});
