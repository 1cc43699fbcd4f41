// stands in: libs/credentials/src/example.ts
// must break: @nx/enforce-module-boundaries
import { Audit } from '@mcr/contracts';

export const used = Audit;
