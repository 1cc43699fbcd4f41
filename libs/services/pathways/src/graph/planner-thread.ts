/** The body of a planner's worker thread: an engine of its own, told by messages what changed, asked one question at a time. */
import { constants, getPriority, platform, setPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { PathwayEngine } from '@mcr/pathway-engine';
import { tell } from '../domain/facts/graph-fact.ts';
import type { FromPlanner, GivenUp, ToPlanner } from './planner-messages.ts';
import { searches } from './searches.ts';

/** Steps of niceness: each gives a thread about four fifths of what the one before it gets. */
const SEARCHES_GIVE_WAY = 5;

// Where there are fewer cores than work, whoever is answered at once goes first. Elsewhere than on Linux it would be the priority of the whole process.
if (platform() === 'linux') setPriority(Math.min(constants.priority.PRIORITY_LOW, getPriority() + SEARCHES_GIVE_WAY));

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
