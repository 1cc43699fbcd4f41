import { defineQuery } from '@mcr/event-kit';
import { z } from 'zod';

/** How far the shared registry is behind what the services have logged. */
export const RegistryLag = defineQuery({
  name: 'registryLag',
  service: 'search',
  input: z.strictObject({}),
  output: z.object({
    /** From the newest event that the registry shows to the newest one logged, on the topic furthest behind; 0 when it shows everything. */
    projectionLagMs: z.int().nonnegative(),
  }),
  refusals: [],
});
