// stands in: infra/kafka/src/example.ts
// must break: @nx/enforce-module-boundaries
import { EventLog } from '@mcr/messaging';

export const used = EventLog;
