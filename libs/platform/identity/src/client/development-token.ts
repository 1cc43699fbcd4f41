import { InstitutionCode } from '@mcr/event-kit';
import { developmentClientId, developmentRoles } from '../development/development-roles.ts';
import { mayBelongToInstitution } from '../principal.ts';
import { clientKeyPath, publisherClientId, readPrivateKey } from './key-file.ts';
import { SignInError } from './sign-in-error.ts';
import { discover } from './token-endpoint.ts';
import { clientToken } from './token-source.ts';

/** The roles that the development sign-in hands out, as people ask for them. */
export const rolesToAskFor = [...developmentRoles, 'institution-client'] as const;
type AskedRole = (typeof rolesToAskFor)[number];

const isAskedRole = (role: string): role is AskedRole => (rolesToAskFor as readonly string[]).includes(role);

/** A token of a registry with the development sign-in, for whoever can read the keys in its data folder. */
export async function developmentToken(asked: { dataDir: string; url: string; role: string; institution?: string }): Promise<string> {
  const { dataDir, url, role, institution } = asked;
  if (!isAskedRole(role)) throw new SignInError('UNKNOWN_ROLE', `There is no role "${role}". The roles are: ${rolesToAskFor.join(', ')}.`);
  if (institution === undefined) {
    if (role === 'institution' || role === 'institution-client')
      throw new SignInError('NO_INSTITUTION', `The role ${role} needs the institution: --institution CODE, such as BCIT.`);
    return tokenOf(dataDir, url, 'development', developmentClientId(role));
  }
  if (role !== 'institution-client' && !mayBelongToInstitution(role))
    throw new SignInError('NO_INSTITUTION', `The role ${role} belongs to no institution: leave --institution out.`);
  if (!InstitutionCode.safeParse(institution).success)
    throw new SignInError('NO_INSTITUTION', 'A code of an institution is 2 to 6 capital letters, such as BCIT.');
  return role === 'institution-client'
    ? tokenOf(dataDir, url, institution, publisherClientId(institution))
    : tokenOf(dataDir, url, 'development', developmentClientId(role, institution));
}

async function tokenOf(dataDir: string, url: string, keyName: string, clientId: string): Promise<string> {
  await discover(url);
  const key = await readPrivateKey(clientKeyPath(dataDir, keyName)).catch((thrown: unknown) => {
    if (!(thrown instanceof SignInError && thrown.reason === 'NO_KEY')) throw thrown;
    throw new SignInError('NO_KEY', `${thrown.message} It is made when the registry starts; DATA_DIR must name the registry's data folder.`);
  });
  return clientToken({ url, clientId, key });
}
