// stands in: libs/platform/runtime/src/example.ts
// must break: @nx/enforce-module-boundaries
import { topics } from '@mcr/contracts';

export const used = topics;
