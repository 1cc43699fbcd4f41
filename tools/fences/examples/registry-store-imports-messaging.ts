// stands in: libs/registry-store/src/read/example.ts
// must break: @nx/enforce-module-boundaries
import { UnitOfWork } from '@mcr/messaging';

export const used = UnitOfWork;
