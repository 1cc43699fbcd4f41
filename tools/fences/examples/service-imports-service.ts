// stands in: libs/services/awards/src/commands/example.ts
// must break: @nx/enforce-module-boundaries
import { programs } from '@mcr/programs';

export const used = programs;
