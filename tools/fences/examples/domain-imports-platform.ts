// stands in: libs/services/institutions/src/domain/example.ts
// must break: no-restricted-imports
import { Database } from '@mcr/database';

export const used = Database;
