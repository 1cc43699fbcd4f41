import { gateway } from '@mcr/gateway';
import { main } from '@mcr/runtime';

/** The gateway service in a process of its own. */
await main([gateway]);
