import { InstitutionCode, Refusal } from '@mcr/event-kit';
import { z } from 'zod';

/** Every role that the registry knows. A token may carry others; they mean nothing here. */
export const roles = [
  'ministry-analyst',
  'ministry-registrar',
  'qa-reviewer',
  'advisor',
  'institution',
  'institution-client',
  'learner',
  'admin',
  'service',
] as const;
export type Role = (typeof roles)[number];

/** People of these roles may belong to an institution; those of `institution` always do. */
export const rolesAtInstitutions = ['institution', 'advisor'] as const satisfies readonly Role[];
export const mayBelongToInstitution = (role: string): boolean => (rolesAtInstitutions as readonly string[]).includes(role);

/** What an access token must be meant for (RFC 9068, `aud`). */
export const AUDIENCE = 'urn:bc:mcr:registry';

/** The scope with which a publishing client sends awards. */
export const PUBLISH_SCOPE = 'award:publish';

/** Who is calling, as far as the token says. */
export interface Principal {
  readonly subject: string;
  readonly clientId: string;
  readonly roles: readonly Role[];
  /** The institution of a person with the role `institution`, or of an advisor who has one. Never of a client: a service looks that up in its own copy by `clientId`. */
  readonly institution?: string;
  readonly scopes: readonly string[];
}

/** Somebody without a token. May do what the policy gives to everyone. */
export const anonymous: Principal = Object.freeze({ subject: 'anonymous', clientId: '', roles: [], scopes: [] });

/** A verified token always names its client, so an empty client id belongs to nobody but `anonymous`. */
export const isAnonymous = (principal: Principal): boolean => principal.clientId === '';

const Claims = z.object({
  sub: z.string().min(1).max(255),
  client_id: z.string().min(1).max(255),
  jti: z.string().min(1).max(255),
  iat: z.number(),
  exp: z.number(),
  roles: z.array(z.string()).max(100).default([]),
  institution: InstitutionCode.optional(),
  scope: z.string().max(2000).default(''),
  // A token that is bound to its holder's key (RFC 7800) proves nothing when it is presented as a bearer token.
  cnf: z.never().optional(),
});

const isRole = (role: string): role is Role => (roles as readonly string[]).includes(role);

/** Reads the claims of a token whose signature, issuer, audience and times were checked before. */
export function principalOf(payload: unknown): Principal {
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw new Refusal('UNAUTHENTICATED', `The claim "${String(claims.error.issues[0]?.path[0])}" of the access token is not usable.`);
  const { sub, client_id: clientId, roles: claimed, institution, scope } = claims.data;
  const known = claimed.filter(isRole);
  return Object.freeze({
    subject: sub,
    clientId,
    roles: known,
    ...(institution !== undefined && known.some(mayBelongToInstitution) ? { institution } : {}),
    scopes: scope.split(' ').filter((name) => name !== ''),
  });
}
