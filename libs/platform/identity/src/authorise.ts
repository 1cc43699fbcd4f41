import { Refusal } from '@mcr/event-kit';
import { type Permission, isAction, policy } from './policy.ts';
import { type Principal, isAnonymous } from './principal.ts';

/** What an action is about, as far as the policy needs it. */
export interface Resource {
  /** The institution that the action concerns. */
  readonly institution?: string;
  /** The institution of the calling publishing client, from the service's own copy. */
  readonly clientInstitution?: string;
}

function permits(permission: Permission, principal: Principal, resource: Resource): boolean {
  if (permission.who === 'everyone') return true;
  if (!principal.roles.includes(permission.who)) return false;
  if (permission.scope !== undefined && !principal.scopes.includes(permission.scope)) return false;
  if (permission.client !== undefined && principal.clientId !== permission.client) return false;
  const isClient = permission.who === 'institution-client';
  switch (permission.within) {
    case undefined:
      return true;
    case 'its own records':
      return isClient || permission.who === 'learner' || principal.institution !== undefined;
    case 'its own institution': {
      const own = isClient ? resource.clientInstitution : principal.institution;
      return own !== undefined && own === resource.institution;
    }
  }
}

const permissionsFor = (action: string): readonly Permission[] => (isAction(action) ? policy[action] : []);

/** Whether the policy allows it. An action that the policy does not name is allowed to nobody. */
export const may = (principal: Principal, action: string, resource: Resource = {}): boolean =>
  permissionsFor(action).some((permission) => permits(permission, principal, resource));

const inWords = ({ who, within, scope }: Permission): string =>
  [who, within === undefined ? '' : `for ${within}`, scope === undefined ? '' : `with the scope ${scope}`].filter((part) => part !== '').join(' ');

/** Returns when the policy allows the action; otherwise throws UNAUTHENTICATED without a token, FORBIDDEN with one. */
export function authorise(principal: Principal, action: string, resource: Resource = {}): void {
  if (may(principal, action, resource)) return;
  if (isAnonymous(principal)) throw new Refusal('UNAUTHENTICATED', 'This needs an access token: send "Authorization: Bearer …".');
  const allowed = permissionsFor(action).map(inWords).join('; ');
  throw new Refusal('FORBIDDEN', allowed === '' ? 'Nobody may do this.' : `This is for: ${allowed}.`);
}
