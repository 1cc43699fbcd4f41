import { programs } from '@mcr/programs';
import { main } from '@mcr/runtime';

/** The programs service in a process of its own. */
await main([programs]);
