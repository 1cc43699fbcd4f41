import { Module } from '@nestjs/common';

/** Nothing to wire: institutions answers commands and reacts to nothing. */
@Module({})
export class InstitutionsModule {}
