import type { RegistryLag } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { RegistryProgress } from '../consumers/registry-progress.ts';

/** How far the shared registry is behind. */
export async function registryLag(_input: InputOf<typeof RegistryLag>, { resolve }: OperationContext): Promise<OutputOf<typeof RegistryLag>> {
  return { projectionLagMs: await resolve(RegistryProgress).lagMs() };
}
