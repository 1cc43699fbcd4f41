// stands in: libs/services/awards/src/commands/example.ts
// must break: @nx/enforce-module-boundaries
import { PathwayEngine } from '@mcr/pathway-engine';

export const used = PathwayEngine;
