import { awards } from '@mcr/awards';
import { demonstrate } from '@mcr/demonstration';
import { gateway } from '@mcr/gateway';
import { institutions } from '@mcr/institutions';
import { pathways } from '@mcr/pathways';
import { programs } from '@mcr/programs';
import { main } from '@mcr/runtime';
import { search } from '@mcr/search';

/** The whole province in one process. */
await main([institutions, programs, awards, pathways, search, gateway], demonstrate);
