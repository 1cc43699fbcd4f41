// stands in: libs/contracts/src/example.ts
// must break: @nx/enforce-module-boundaries
import { Database } from '@mcr/database';

export const used = Database;
