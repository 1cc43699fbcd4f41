import type { Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { instantOf } from '../instant.ts';
import { isObject, listOf } from '../json.ts';
import { contexts } from './context-rules.ts';
import { relatedResources } from './related-resources.ts';
import { entriesOf, idFaults, naturalTextFaults, notEmpty, typeFaults, typedObjects, type Rule } from './rules.ts';

/** §4.7: a URL, or an object with one as its id. */
function issuerFaults(issuer: Json | undefined): CredentialFault[] {
  if (issuer === undefined) return [fault('REQUIRED', '/issuer', 'Expected a URL, or an object with an id.')];
  if (!isObject(issuer)) return idFaults(issuer, '/issuer');
  return [
    ...idFaults(issuer['id'], '/issuer/id', true),
    ...naturalTextFaults(issuer['name'], '/issuer/name'),
    ...naturalTextFaults(issuer['description'], '/issuer/description'),
  ];
}

/** §4.8: one or more objects, each of them with something to say, and with at most a single id. */
const subjects: Rule = (document) => {
  if (document['credentialSubject'] === undefined) return [fault('REQUIRED', '/credentialSubject')];
  return [
    ...notEmpty(document, 'credentialSubject'),
    ...entriesOf(document, 'credentialSubject').flatMap(([subject, pointer]) => {
      if (!isObject(subject)) return [fault('WRONG_TYPE', pointer, 'Expected an object.')];
      return Object.keys(subject).length === 0 ? [fault('INVALID_VALUE', pointer, 'Expected at least one claim.')] : idFaults(subject['id'], `${pointer}/id`);
    }),
  ];
};

/** §4.9: instants with an offset, and the end not before the beginning. */
const validity: Rule = ({ validFrom, validUntil }) => {
  const [from, until] = [instantOf(validFrom), instantOf(validUntil)];
  return [
    ...(validFrom !== undefined && from === undefined ? [fault('INVALID_VALUE', '/validFrom', 'Expected an instant with an offset.')] : []),
    ...(validUntil !== undefined && until === undefined ? [fault('INVALID_VALUE', '/validUntil', 'Expected an instant with an offset.')] : []),
    ...(from !== undefined && until !== undefined && until < from ? [fault('DATES_REVERSED', '/validUntil')] : []),
  ];
};

const OPEN_BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential', 'ClrCredential'];

/** Open Badges 3.0 §B.1.1: `credentialStatus` is 0..1, whatever VCDM lets other credentials have. */
const oneStatus: Rule = (document) =>
  Array.isArray(document['credentialStatus']) && listOf(document['type']).some((type) => OPEN_BADGE_TYPES.includes(type as string))
    ? [fault('TOO_MANY', '/credentialStatus', 'An Open Badge has one status, not a list.')]
    : [];

/** One for each purpose, and some to spare. Each may lead to somebody's server, which is asked whenever anybody verifies the credential. */
const MOST_STATUSES = 8;
const fewStatuses: Rule = ({ credentialStatus }) =>
  listOf(credentialStatus).length > MOST_STATUSES ? [fault('TOO_MANY', '/credentialStatus', `A credential has at most ${MOST_STATUSES} statuses.`)] : [];

/** VCDM 2.0, section by section. */
export const credentialRules: readonly Rule[] = [
  contexts, // §4.3
  ({ id }) => idFaults(id, '/id'), // §4.4
  ({ type }) => typeFaults(type, '/type', 'VerifiableCredential'), // §4.5
  ({ name }) => naturalTextFaults(name, '/name'), // §4.6
  ({ description }) => naturalTextFaults(description, '/description'), // §4.6
  ({ issuer }) => issuerFaults(issuer), // §4.7
  subjects, // §4.8
  validity, // §4.9
  typedObjects('credentialStatus'), // §4.10
  oneStatus,
  fewStatuses,
  typedObjects('credentialSchema', { idRequired: true }), // §4.11
  relatedResources, // §5.3
  typedObjects('refreshService'), // §5.4
  typedObjects('termsOfUse'), // §5.5
  typedObjects('evidence'), // §5.6
  typedObjects('confidenceMethod'), // §5.10
  typedObjects('renderMethod'), // §5.10
];

/** Everything that is wrong with a credential, secured or not, before its proof is looked at. */
export const faultsOfRules = (rules: readonly Rule[], document: JsonObject): CredentialFault[] => rules.flatMap((rule) => rule(document));
