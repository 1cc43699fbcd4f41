// stands in: libs/platform/messaging/src/example.ts
// must break: @nx/enforce-module-boundaries
import { Settings } from '@mcr/runtime';

export const used = Settings;
