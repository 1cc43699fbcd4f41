// stands in: apps/importer/src/example.ts
// must break: @nx/enforce-module-boundaries
import { awards } from '@mcr/awards';

export const used = awards;
