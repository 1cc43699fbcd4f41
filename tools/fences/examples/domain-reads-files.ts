// stands in: libs/services/pathways/src/domain/example.ts
// must break: no-restricted-imports
import { readFileSync } from 'node:fs';

export const used = readFileSync;
