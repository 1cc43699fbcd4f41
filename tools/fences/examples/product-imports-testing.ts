// stands in: libs/services/awards/src/commands/example.ts
// must break: no-restricted-imports
import { eventually } from '@mcr/testing';

export const used = eventually;
