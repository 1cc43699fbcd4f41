import { search } from '@mcr/search';
import { main } from '@mcr/runtime';

/** The search service in a process of its own. */
await main([search]);
