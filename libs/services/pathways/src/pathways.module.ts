import { Module } from '@nestjs/common';
import { FactsArrival } from './consumers/facts-arrival.ts';
import { PathwaysFacts } from './consumers/pathways-facts.ts';
import { PathwaysLearners } from './consumers/pathways-learners.ts';
import { GraphCache } from './graph/graph-cache.ts';
import { Planner } from './graph/planner.ts';
import { AnswerSweep } from './replay/answer-sweep.ts';
import { AgreementSweep } from './sweep/agreement-sweep.ts';

@Module({ controllers: [PathwaysFacts, PathwaysLearners], providers: [FactsArrival, GraphCache, Planner, AnswerSweep, AgreementSweep] })
export class PathwaysModule {}
