// stands in: libs/articulation/src/example.ts
// must break: @nx/enforce-module-boundaries
import { mutateAll } from '@mcr/registry-client';

export const used = mutateAll;
