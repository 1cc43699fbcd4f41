import { Module } from '@nestjs/common';
import { ProgramsFacts } from './consumers/programs-facts.consumer.ts';

@Module({ controllers: [ProgramsFacts] })
export class ProgramsModule {}
