// stands in: libs/services/programs/src/commands/example.ts
// must break: @nx/enforce-module-boundaries
import { PathwayEngine } from '@mcr/pathway-engine';

export const used = PathwayEngine;
