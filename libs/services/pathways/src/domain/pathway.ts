import { type PathwayLimit, type PathwaySharing, type Requirement, type RequirementFilter, requirementsWithin } from '@mcr/contracts';
import { type Fault, pointerTo } from '@mcr/event-kit';
import type { Institution } from './agreement.ts';

/** What is proposed as a version of a pathway, as far as it can be wrong in itself. */
export interface ProposedPathway {
  readonly ownedBy: string;
  readonly requirement: Requirement;
  readonly limits: readonly PathwayLimit[];
  readonly sharing?: PathwaySharing;
  readonly startDate: string;
  readonly endDate?: string;
}

/** What is known here of the owner and of all that the tree names. */
export interface PathwayFacts {
  readonly owner: Institution | undefined;
  readonly microCredentials: { has(ctid: string): boolean };
  readonly institutions: { has(ctid: string): boolean };
}

type Path = readonly (string | number)[];
/** One requirement or section, with where it stands. */
interface Part {
  readonly path: Path;
  readonly id: string;
  readonly requirement?: Requirement;
  readonly filter?: RequirementFilter;
}

function partsOf(requirement: Requirement, path: Path): Part[] {
  const own: Part = { path, id: requirement.id, requirement, ...('from' in requirement && { filter: requirement.from }) };
  const sections = requirement.node === 'SECTIONS' ? requirement.sections : [];
  return [
    own,
    ...sections.map(({ id, from }, at): Part => ({ path: [...path, 'sections', at], id, filter: from })),
    ...requirementsWithin(requirement).flatMap((child) => partsOf(child.requirement, [...path, ...child.path])),
  ];
}

const invalid = (path: Path, message: string, hint: string): Fault => ({ pointer: pointerTo(...path), code: 'REQUIREMENT_INVALID', message, hint });

function duplicates(named: readonly { readonly id: string; readonly path: Path }[]): Fault[] {
  return named
    .filter(({ id }, at) => named.findIndex((other) => other.id === id) < at)
    .map(({ id, path }) =>
      invalid([...path, 'id'], `The id "${id}" is in use in this pathway.`, 'Give every requirement, section and limit an id of its own.'),
    );
}

function faultsOfNode({ path, requirement, filter }: Part): Fault[] {
  const faults: Fault[] = [];
  if (requirement?.node === 'K_OF' && requirement.k > requirement.of.length) {
    faults.push(invalid([...path, 'k'], `There are only ${requirement.of.length} to choose from.`, 'Ask for fewer, or list more.'));
  }
  if (requirement?.node === 'SECTIONS') {
    const { sections, min, most, each, total } = requirement;
    if (min > sections.length) faults.push(invalid([...path, 'min'], `There are only ${sections.length} sections.`, 'Ask for fewer, or list more.'));
    if (most < min) faults.push(invalid([...path, 'most'], 'No more sections would be counted than must be met.', 'Let most be at least min.'));
    if (total < each) faults.push(invalid([...path, 'total'], 'All counted sections have less than one must have.', 'Let total be at least each.'));
  }
  if (filter?.minLevel !== undefined && filter.maxLevel !== undefined && filter.minLevel > filter.maxLevel) {
    faults.push(invalid([...path, 'from', 'minLevel'], 'The least level is above the highest.', 'Exchange minLevel and maxLevel.'));
  }
  return faults;
}

function unknown({ path, requirement, filter }: Part, { microCredentials, institutions }: PathwayFacts): Fault[] {
  const microCredential = (at: Path, ctid: string): Fault[] =>
    microCredentials.has(ctid)
      ? []
      : [{ pointer: pointerTo(...at), code: 'MICRO_CREDENTIAL_NOT_FOUND', message: 'No published micro-credential of this CTID is known.' }];
  const issuer = (at: Path, ctid: string): Fault[] =>
    institutions.has(ctid) ? [] : [{ pointer: pointerTo(...at), code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this CTID is known.' }];
  return [
    ...(requirement?.node === 'CRED' ? microCredential([...path, 'microCredential'], requirement.microCredential) : []),
    ...(filter?.microCredentials ?? []).flatMap((ctid, at) => microCredential([...path, 'from', 'microCredentials', at], ctid)),
    ...(filter?.issuers ?? []).flatMap((ctid, at) => issuer([...path, 'from', 'issuers', at], ctid)),
  ];
}

function faultsOfSharing({ sharing }: ProposedPathway, ids: ReadonlySet<string>): Fault[] {
  return (sharing?.together ?? []).flatMap((pair, at) =>
    pair.flatMap((id, side) =>
      ids.has(id) ? [] : [invalid(['sharing', 'together', at, side], `There is no requirement "${id}".`, 'Name two requirements of this pathway.')],
    ),
  );
}

function faultsOfOwner({ owner }: PathwayFacts): Fault[] {
  const pointer = '/ownedBy';
  if (owner?.status === 'SUSPENDED') return [{ pointer, code: 'INSTITUTION_SUSPENDED', message: 'A suspended institution publishes nothing.' }];
  return owner?.status === 'ACTIVE' ? [] : [{ pointer, code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this code takes part in the registry.' }];
}

/** Everything that a tree names of others. */
export function namedBy(requirement: Requirement): { microCredentials: string[]; institutions: string[] } {
  const parts = partsOf(requirement, []);
  const leaves = parts.flatMap(({ requirement: node }) => (node?.node === 'CRED' ? [node.microCredential] : []));
  return {
    microCredentials: [...leaves, ...parts.flatMap(({ filter }) => filter?.microCredentials ?? [])],
    institutions: parts.flatMap(({ filter }) => filter?.issuers ?? []),
  };
}

/** Everything that stands against a version of a pathway, by itself and by what is known. */
export function faultsOfPathway(proposed: ProposedPathway, facts: PathwayFacts): Fault[] {
  const parts = partsOf(proposed.requirement, ['requirement']);
  const limits = proposed.limits.map(({ id }, at) => ({ id, path: ['limits', at] }));
  const faults = [
    ...faultsOfOwner(facts),
    ...duplicates([...parts, ...limits]),
    ...parts.flatMap(faultsOfNode),
    ...parts.flatMap((part) => unknown(part, facts)),
    ...faultsOfSharing(proposed, new Set(parts.map(({ id }) => id))),
  ];
  if (proposed.endDate !== undefined && proposed.endDate <= proposed.startDate) {
    const hint = 'Leave endDate out for an ongoing pathway.';
    faults.push({ pointer: '/endDate', code: 'END_NOT_AFTER_START', message: 'The last day must come after the first.', hint });
  }
  return faults;
}
