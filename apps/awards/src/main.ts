import { awards } from '@mcr/awards';
import { main } from '@mcr/runtime';

/** The awards service in a process of its own. */
await main([awards]);
