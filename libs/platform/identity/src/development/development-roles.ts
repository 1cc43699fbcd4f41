import { InstitutionCode } from '@mcr/event-kit';
import { type Role, rolesAtInstitutions } from '../principal.ts';

/** The roles of people that the development sign-in knows. A publishing client has its own registration instead. */
export const developmentRoles = [
  'ministry-analyst',
  'ministry-registrar',
  'qa-reviewer',
  'advisor',
  'institution',
  'learner',
  'admin',
] as const satisfies readonly Role[];
export type DevelopmentRole = (typeof developmentRoles)[number];

/** Client ids that begin so belong to the development sign-in; a publishing client of such a name cannot sign in here. */
export const RESERVED_PREFIX = 'dev-';

/** The person behind a development client: one for each role, and of the roles at institutions one for each institution. */
export interface DevelopmentPerson {
  readonly role: DevelopmentRole;
  readonly institution?: string;
}

export const developmentClientId = (role: DevelopmentRole, institution?: string): string =>
  institution === undefined ? `${RESERVED_PREFIX}${role}` : `${RESERVED_PREFIX}${role}-${institution}`;

/** Reads a client id as `developmentClientId` writes it. */
export function developmentPersonOf(clientId: string): DevelopmentPerson | undefined {
  const role = developmentRoles.find((known) => known !== 'institution' && clientId === developmentClientId(known));
  if (role !== undefined) return { role };
  for (const held of rolesAtInstitutions) {
    const prefix = developmentClientId(held, '');
    const institution = InstitutionCode.safeParse(clientId.slice(prefix.length));
    if (clientId.startsWith(prefix) && institution.success) return { role: held, institution: institution.data };
  }
  return undefined;
}
