// stands in: libs/services/awards/src/commands/example.ts
// must break: @nx/enforce-module-boundaries
import { programs } from '../../../programs/src/index.ts';

export const used = programs;
