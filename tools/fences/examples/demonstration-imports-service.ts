// stands in: libs/demonstration/src/example.ts
// must break: @nx/enforce-module-boundaries
import { institutions } from '@mcr/institutions';

export const used = institutions;
