/** The body of a planner's worker thread: an engine of its own, told by messages what changed, asked one question at a time. */
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { PathwayEngine } from '@mcr/pathway-engine';
import { planAnswer } from '../domain/answers.ts';
import { tell } from '../domain/facts/graph-fact.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';

let engine = new PathwayEngine();

function answerTo(message: Extract<ToPlanner, { type: 'plan' }>): FromPlanner {
  try {
    return { answer: planAnswer(engine, message.question, () => performance.now()) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort!.on('message', (message: ToPlanner) => {
  if (message.type === 'plan') parentPort!.postMessage(answerTo(message));
  else if (message.type === 'tell') tell(engine, message.facts);
  else engine = new PathwayEngine();
});
