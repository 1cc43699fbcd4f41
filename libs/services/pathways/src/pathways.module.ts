import { Module } from '@nestjs/common';
import { FactsArrival } from './consumers/facts-arrival.ts';
import { PathwaysFacts } from './consumers/pathways-facts.ts';
import { GraphCache } from './graph/graph-cache.ts';
import { Planner } from './graph/planner.ts';

@Module({ controllers: [PathwaysFacts], providers: [FactsArrival, GraphCache, Planner] })
export class PathwaysModule {}
