// stands in: apps/e2e/src/example.e2e.spec.ts
// must break: @nx/enforce-module-boundaries
import { awards } from '@mcr/awards';

export const used = awards;
