// stands in: libs/services/awards/src/commands/example.ts
// must break: @nx/enforce-module-boundaries
import type { programs } from '@mcr/programs';

export type Used = typeof programs;
