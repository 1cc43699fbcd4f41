import type { Principal, Role } from '@mcr/identity';

const person = (subject: string, role: Role): Principal => ({ subject, clientId: 'registry-portal', roles: [role], scopes: [] });

/** Callers as a checked token would name them. */
export const principals = {
  registrar: person('registrar@ministry.example', 'ministry-registrar'),
  /** Another person with the same role, for what needs two. */
  secondRegistrar: person('second-registrar@ministry.example', 'ministry-registrar'),
  admin: person('admin@registry.example', 'admin'),
  analyst: person('analyst@ministry.example', 'ministry-analyst'),
  reviewer: person('reviewer@ministry.example', 'qa-reviewer'),
  advisor: person('advisor@college.example', 'advisor'),
  learner: person('learner@mail.example', 'learner'),
  service: person('registry-gateway', 'service'),
  /** A person of that institution's registrar's office. */
  institution: (code: string): Principal => ({ ...person(`staff@${code.toLowerCase()}.example`, 'institution'), institution: code }),
  /** An institution's publishing client. Whose it is, the services know from their own copy. */
  client: (clientId: string): Principal => ({ subject: clientId, clientId, roles: ['institution-client'], scopes: ['award:publish'] }),
};
