import type { PathwayEngine } from '@mcr/pathway-engine';
import { difficultyOf } from '@mcr/pathway-engine/testing';
import { percentile } from '../harness/figures.ts';
import type { Answered } from './questions.ts';

const HARDEST = 0.01;

/** What is asked of one question, by the name of the column. */
const features = {
  nodes: ({ answer }: Answered): number => answer.nodes,
  candidates: (question: Answered, engine: PathwayEngine): number => difficultyOf(engine.graph, question.credential, question.situation).candidates,
  alike: (question: Answered, engine: PathwayEngine): number => difficultyOf(engine.graph, question.credential, question.situation).alike,
  'gap by prices, %': (question: Answered, engine: PathwayEngine): number => gap(question, engine, 'boundByPrices'),
  'gap with credit, %': (question: Answered, engine: PathwayEngine): number => gap(question, engine, 'bound'),
  'residency, credits': ({ credential }: Answered, engine: PathwayEngine): number =>
    engine.graph.credentials.get(credential)!.limits?.reduce((sum, limit) => sum + (limit.limit === 'RESIDENCY' ? limit.min / 100 : 0), 0) ?? 0,
};

function gap({ answer, credential, situation }: Answered, engine: PathwayEngine, by: 'bound' | 'boundByPrices'): number {
  if (!('plan' in answer) || answer.totals.COST === 0) return 0;
  return 100 * (1 - difficultyOf(engine.graph, credential, situation)[by] / answer.totals.COST);
}

/** The questions that took most work beside all: what sets them apart. */
export function sayHardest(engine: PathwayEngine, answered: readonly Answered[]): void {
  const sorted = answered.toSorted((a, b) => b.msAtWork - a.msAtWork);
  const hardest = sorted.slice(0, Math.max(1, Math.ceil(HARDEST * sorted.length)));
  console.log(`  the hardest 1 %: ${hardest.length} of ${sorted.length} questions, from ${hardest.at(-1)!.msAtWork.toFixed(0)} ms of work`);
  for (const [name, of] of Object.entries(features)) {
    const [theirs, all] = [hardest, sorted].map((questions) => questions.map((question) => of(question, engine)));
    const at = (values: readonly number[], share: number): string => percentile(values, share).toFixed(name === 'nodes' ? 0 : 1);
    console.log(
      `    ${name.padEnd(20)} median ${at(theirs!, 0.5).padStart(7)}   of all: median ${at(all!, 0.5).padStart(7)}, p99 ${at(all!, 0.99).padStart(7)}`,
    );
  }
}
