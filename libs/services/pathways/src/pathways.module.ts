import { Module } from '@nestjs/common';
import { FactsArrival } from './consumers/facts-arrival.ts';
import { PathwaysFacts } from './consumers/pathways-facts.ts';

@Module({ controllers: [PathwaysFacts], providers: [FactsArrival] })
export class PathwaysModule {}
