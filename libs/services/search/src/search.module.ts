import { Module } from '@nestjs/common';
import { RegistryReactions } from './consumers/registry-reactions.ts';
import { RegistryProgress } from './consumers/registry-progress.ts';

@Module({ controllers: [RegistryReactions], providers: [RegistryProgress] })
export class SearchModule {}
