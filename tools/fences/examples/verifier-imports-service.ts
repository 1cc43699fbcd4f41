// stands in: apps/verifier/src/example.ts
// must break: @nx/enforce-module-boundaries
import { awards } from '@mcr/awards';

export const used = awards;
