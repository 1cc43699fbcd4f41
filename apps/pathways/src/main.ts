import { pathways } from '@mcr/pathways';
import { main } from '@mcr/runtime';

/** The pathways service in a process of its own. */
await main([pathways]);
