import { institutions } from '@mcr/institutions';
import { main } from '@mcr/runtime';

/** The institutions service in a process of its own. */
await main([institutions]);
