// stands in: libs/services/pathways/src/queries/example.ts
// must break: @nx/enforce-module-boundaries
import * as store from '@mcr/registry-store';

export const used = store;
