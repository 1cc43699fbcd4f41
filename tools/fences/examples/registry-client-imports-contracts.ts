// stands in: libs/registry-client/src/example.ts
// must break: @nx/enforce-module-boundaries
import { topics } from '@mcr/contracts';

export const used = topics;
