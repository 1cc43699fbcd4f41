// stands in: libs/services/search/src/consumers/example.ts
// must break: @nx/enforce-module-boundaries
import { gateway } from '@mcr/gateway';

export const used = gateway;
