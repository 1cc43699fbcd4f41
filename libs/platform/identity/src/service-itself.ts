import { serviceClientId } from './client/service-identity.ts';
import type { Principal } from './principal.ts';

const themselves = new WeakSet<Principal>();

/** With this a service asks another one in its own name. Elsewhere its process's own token says the same. */
export function serviceItself(service: string): Principal {
  const name = serviceClientId(service);
  const principal: Principal = Object.freeze({ subject: name, clientId: name, roles: ['service'], scopes: [] } as const);
  themselves.add(principal);
  return principal;
}

/** Whether a principal was made here for a service of this process; one that only looks the same was not. */
export const isServiceItself = (principal: Principal): boolean => themselves.has(principal);
