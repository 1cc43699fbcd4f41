import { credentialTypes, type Credential, type CredentialVersion, type Limit, type ShareCap, versionsOf } from '../facts/credential.ts';
import type { Graph } from '../graph/graph.ts';
import { fault } from './fault.ts';
import type { FactFault } from './fault.ts';
import { unknown, unknownIn } from './micro-credential.ts';
import { credits, day, emptyTerm, grade, integer, isObject, isWhole, level, listOf, number, oneOf, optional, orNull, shape, text } from './shape.ts';
import type { Shape } from './shape.ts';
import { checkTree, requirementsOf } from './tree.ts';

const limitShapes: Readonly<Record<Limit['limit'], Shape>> = {
  RESIDENCY: shape({ id: text, min: credits }),
  LEVEL: shape({ id: text, min: credits, level }),
  TOTAL: shape({ id: text, min: credits }),
  GPA: shape({ id: text, min: grade }),
  CAP: shape({ id: text, bucket: text, max: credits }),
};

const limit: Shape = (value, pointer) => {
  const known = shape({ limit: oneOf(Object.keys(limitShapes)) })(value, pointer);
  return known.length > 0 ? known : limitShapes[(value as Limit).limit](value, pointer);
};

const shareCap: Shape = (value, pointer) => {
  const known = shape({ with: optional(text) })(value, pointer);
  if (known.length > 0) return known;
  const { max, share } = value as { max?: unknown; share?: unknown };
  if (share === undefined) return shape({ max: credits })(value, pointer);
  if (max !== undefined) return fault('INVALID_VALUE', `${pointer}/share`, 'A cap is a number of credits or a share, not both.', 'Keep one of them.');
  return shape({ share: integer(0, 10_000, 'hundredths of a percent') })(value, pointer);
};

const sharing = shape({
  maxUses: number(1),
  together: optional(listOf(listOf(text, { least: 2, most: 2, distinct: (one: string) => one }))),
  across: optional(listOf(shareCap, { distinct: ({ with: other = 'A cap with every other one' }: ShareCap) => other })),
});

const credentialShape = shape({
  id: text,
  institution: text,
  name: text,
  type: oneOf(credentialTypes),
  limits: optional(listOf(limit, { distinct: ({ id }: { id?: string }) => id })),
  sharing: optional(sharing),
  validFrom: day,
  validUntil: orNull(day),
});

/** Every fault of a credential by itself, all its versions with it; none when it may be put into the graph. Never throws, whatever the fields are. */
export function checkCredential(credential: Credential): FactFault[] {
  const faults = checkVersion(credential);
  const versions = isObject(credential) ? (credential as { earlier?: unknown }).earlier : undefined;
  if (versions === undefined) return faults;
  const each = listOf((version, pointer) => under(pointer, checkVersion(version as CredentialVersion)))(versions, '/earlier');
  return isWhole([...faults, ...each]) ? [...faults, ...each, ...outOfOrder(credential)] : [...faults, ...each];
}

const under = (pointer: string, faults: readonly FactFault[]): FactFault[] => faults.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` }));

/** Days are judged by the last version that has begun: one that began no earlier than the one after it would never be asked for. */
function outOfOrder(credential: Credential): FactFault[] {
  const versions = versionsOf<CredentialVersion>(credential);
  return versions.slice(1).flatMap((version, index) => {
    const [pointer, { id, institution, validFrom }] = [`/earlier/${index}`, versions[index]!];
    return [
      ...(version.id === id && version.institution === institution
        ? []
        : fault('INVALID_VALUE', `${pointer}/id`, `It is no version of ${id}.`, 'All versions have the id and the institution in common.')),
      ...(version.validFrom < validFrom
        ? []
        : fault('INVALID_VALUE', `${pointer}/validFrom`, 'It begins no earlier than the version after it.', 'Leave out what was replaced.')),
    ];
  });
}

function checkVersion(credential: CredentialVersion): FactFault[] {
  const faults = credentialShape(credential, '');
  if (!isObject(credential)) return faults;
  const tree = checkTree(credential.requirement, '/requirement');
  if (!isWhole(faults)) return [...faults, ...tree.faults];
  const { validFrom, validUntil, limits = [], sharing } = credential;
  return [
    ...faults,
    ...tree.faults,
    ...emptyTerm(validFrom, validUntil, '/validUntil'),
    ...secondLimits(limits),
    ...(sharing?.together ?? []).flatMap((pair, at) => pair.flatMap((id, index) => sharedLeaf(id, tree.takesCredit, `/sharing/together/${at}/${index}`))),
    ...sharedWithItself(credential.id, sharing?.across ?? []),
  ];
}

/** A bucket has one cap and a credential one average: of two the engine could not say which is meant. */
function secondLimits(limits: readonly Limit[]): FactFault[] {
  const keyOf = (one: Limit): string => (one.limit === 'CAP' ? `CAP of ${one.bucket}` : one.limit);
  return limits.flatMap((one, index) => {
    const isSecond = (one.limit === 'CAP' || one.limit === 'GPA') && limits.findIndex((other) => keyOf(other) === keyOf(one)) < index;
    return isSecond ? fault('SECOND_LIMIT', `/limits/${index}`, `There is a ${keyOf(one)} already.`, 'Keep one of them.') : [];
  });
}

function sharedLeaf(id: string, takesCredit: ReadonlyMap<string, boolean>, pointer: string): FactFault[] {
  const takes = takesCredit.get(id);
  if (takes === undefined) return fault('UNKNOWN_LEAF', pointer, `The tree has no requirement ${id}.`, 'Name a leaf or a section of this tree.');
  return takes ? [] : fault('NOT_A_LEAF', pointer, `No credit is put at ${id} itself.`, 'Name a leaf or a section below it.');
}

const sharedWithItself = (id: string, across: readonly ShareCap[]): FactFault[] =>
  across.flatMap((cap, index) =>
    cap.with === id
      ? fault('INVALID_VALUE', `/sharing/across/${index}/with`, 'A credential shares nothing with itself.', 'Name another one, or say `maxUses`.')
      : [],
  );

/** Micro-credentials that the newest tree names and the facts do not know. The credential must be without faults by itself. */
export function checkCredentialAgainst(graph: Graph, { requirement }: Credential): FactFault[] {
  const faults: FactFault[] = [];
  for (const one of requirementsOf(requirement)) {
    const pointer = `/requirement${one.pointer}`;
    if (one.node === 'CRED') faults.push(...unknown(graph, one.microCredential, `${pointer}/microCredential`));
    if ('from' in one) faults.push(...unknownIn(graph, one.from.microCredentials, `${pointer}/from/microCredentials`));
    if (one.node === 'AT_MOST') faults.push(...unknownIn(graph, one.of.microCredentials, `${pointer}/of/microCredentials`));
    if (one.node === 'SECTIONS')
      faults.push(...one.of.flatMap(({ from }, index) => unknownIn(graph, from.microCredentials, `${pointer}/of/${index}/from/microCredentials`)));
  }
  return faults;
}
