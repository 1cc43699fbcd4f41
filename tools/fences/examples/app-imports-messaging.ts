// stands in: apps/all/src/example.ts
// must break: @nx/enforce-module-boundaries
import { UnitOfWork } from '@mcr/messaging';

export const used = UnitOfWork;
