import { type PathwayLimit, type PathwaySharing, type PathwaySnapshot, type Requirement, type RequirementFilter, requirementsWithin } from '@mcr/contracts';
import { type Fault, pointerTo } from '@mcr/event-kit';
import { type FactFault, type PathwayEngine, checkCredential, checkCredentialAgainst } from '@mcr/pathway-engine';
import type { Institution, MicroCredential } from './agreement.ts';
import { versionFact } from './facts/graph-facts.ts';

/** What is proposed as a version of a pathway, as far as it can be wrong in itself. */
export interface ProposedPathway extends Pick<PathwaySnapshot, 'name' | 'kind' | 'destinationType' | 'destination' | 'startDate' | 'endDate'> {
  /** Absent where it is new and none was chosen. */
  readonly ctid?: string;
  readonly ownedBy: string;
  readonly requirement: Requirement;
  readonly limits: PathwayLimit[];
  readonly sharing?: PathwaySharing;
}

/** What is known here of the owner and of all that the tree names. */
export interface PathwayFacts {
  readonly owner: Institution | undefined;
  /** Undefined where none is named, or it is unknown. */
  readonly destination: MicroCredential | undefined;
  /** Knows the micro-credentials that the tree names. */
  readonly engine: PathwayEngine;
  readonly institutions: { has(ctid: string): boolean };
  /** The published ones of those that it names. */
  readonly pathways: { has(ctid: string): boolean };
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

/** A micro-credential that must be held itself, with where the tree asks for it. */
export interface NeededMicroCredential {
  readonly microCredential: string;
  readonly pointer: string;
}

/** The micro-credentials that the tree asks for themselves. */
export const neededBy = (requirement: Requirement): NeededMicroCredential[] =>
  partsOf(requirement, ['requirement']).flatMap(({ requirement: node, path }) =>
    node?.node === 'CRED' ? [{ microCredential: node.microCredential, pointer: pointerTo(...path, 'microCredential') }] : [],
  );

const invalid = (path: Path, message: string, hint: string): Fault => ({ pointer: pointerTo(...path), code: 'REQUIREMENT_INVALID', message, hint });

/** A limit is named in answers beside requirements, so their ids are one set; those of the tree the library has looked at. */
function faultsOfLimits(limits: readonly PathwayLimit[], parts: readonly Part[]): Fault[] {
  return limits.flatMap(({ id }, at) =>
    parts.some((part) => part.id === id) || limits.findIndex((other) => other.id === id) < at
      ? [invalid(['limits', at, 'id'], `The id "${id}" is in use in this pathway.`, 'Give every requirement, section and limit an id of its own.')]
      : [],
  );
}

function faultsOfTotal({ path, requirement }: Part): Fault[] {
  if (requirement?.node !== 'SECTIONS' || requirement.total >= requirement.each) return [];
  return [invalid([...path, 'total'], 'All counted sections have less than one must have.', 'Let total be at least each.')];
}

function unknownIssuers({ path, filter }: Part, { institutions }: PathwayFacts): Fault[] {
  return (filter?.issuers ?? []).flatMap((ctid, at) =>
    institutions.has(ctid)
      ? []
      : [{ pointer: pointerTo(...path, 'from', 'issuers', at), code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this CTID is known.' }],
  );
}

/** A cap with itself is said by the library. */
function unknownPathways({ ctid, sharing }: ProposedPathway, { pathways }: PathwayFacts): Fault[] {
  return (sharing?.across ?? []).flatMap(({ with: other }, at) => {
    if (other === undefined || other === ctid || pathways.has(other)) return [];
    const pointer = pointerTo('sharing', 'across', at, 'with');
    return [{ pointer, code: 'PATHWAY_NOT_FOUND', message: 'No published pathway of this CTID is known.', hint: 'Publish that one first.' }];
  });
}

/** Where the library's pointer leads in the pathway as people write it: it has sections and what a cap takes under `of`. */
function publicPointer(pointer: string, proposed: ProposedPathway): string {
  let at: unknown = proposed;
  const path = pointer
    .split('/')
    .slice(1)
    .map((name) => {
      const { node } = Object(at) as { node?: unknown };
      const own = name !== 'of' ? name : node === 'SECTIONS' ? 'sections' : node === 'AT_MOST' ? 'from' : name;
      at = (Object(at) as Record<string, unknown>)[own];
      return own;
    });
  return pointerTo(...path);
}

/** What the library finds, in the words of commands; what is said here already is left out. */
function inPeoplesWords({ code, pointer, message, hint }: FactFault, proposed: ProposedPathway): Fault[] {
  if (code === 'EMPTY_TERM' || (code === 'DUPLICATE' && pointer.startsWith('/limits'))) return [];
  const named = code === 'UNKNOWN_MICRO_CREDENTIAL' ? 'MICRO_CREDENTIAL_NOT_FOUND' : 'REQUIREMENT_INVALID';
  return [{ pointer: publicPointer(pointer, proposed), code: named, message, ...(hint !== undefined && { hint }) }];
}

function faultsOfOwner({ owner }: PathwayFacts): Fault[] {
  const pointer = '/ownedBy';
  if (owner?.status === 'SUSPENDED') return [{ pointer, code: 'INSTITUTION_SUSPENDED', message: 'A suspended institution publishes nothing.' }];
  return owner?.status === 'ACTIVE' ? [] : [{ pointer, code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this code takes part in the registry.' }];
}

function faultsOfDestination({ destinationType, destination }: ProposedPathway, facts: PathwayFacts): Fault[] {
  const pointer = '/destination';
  if (destination === undefined) return [];
  if (destinationType !== 'MICRO_CREDENTIAL') {
    const hint = 'Leave destination out, or use destinationType MICRO_CREDENTIAL.';
    return [{ pointer, code: 'DESTINATION_NOT_ALLOWED', message: `A ${destinationType} is no micro-credential.`, hint }];
  }
  if (facts.destination && (!facts.owner || facts.destination.offeredBy.includes(facts.owner.ctid))) return [];
  return [{ pointer, code: 'MICRO_CREDENTIAL_NOT_FOUND', message: 'The owner offers no published micro-credential of this CTID.' }];
}

/** Everything that a pathway names of others. */
export function namedBy({ requirement, sharing }: Pick<ProposedPathway, 'requirement' | 'sharing'>): {
  microCredentials: string[];
  institutions: string[];
  pathways: string[];
} {
  const parts = partsOf(requirement, []);
  return {
    microCredentials: [
      ...neededBy(requirement).map(({ microCredential }) => microCredential),
      ...parts.flatMap(({ filter }) => filter?.microCredentials ?? []),
    ],
    institutions: parts.flatMap(({ filter }) => filter?.issuers ?? []),
    pathways: (sharing?.across ?? []).flatMap(({ with: other }) => (other === undefined ? [] : [other])),
  };
}

/** Everything that stands against a version of a pathway, by itself and by what is known. */
export function faultsOfPathway(proposed: ProposedPathway, facts: PathwayFacts): Fault[] {
  const parts = partsOf(proposed.requirement, ['requirement']);
  const fact = versionFact({ ...proposed, ctid: proposed.ctid ?? 'ce-', version: 1, ownedBy: facts.owner?.ctid ?? proposed.ownedBy, status: 'PUBLISHED' });
  const faults = [
    ...faultsOfOwner(facts),
    ...faultsOfDestination(proposed, facts),
    ...[...checkCredential(fact), ...checkCredentialAgainst(facts.engine.graph, fact)].flatMap((one) => inPeoplesWords(one, proposed)),
    ...parts.flatMap(faultsOfTotal),
    ...parts.flatMap((part) => unknownIssuers(part, facts)),
    ...faultsOfLimits(proposed.limits, parts),
    ...unknownPathways(proposed, facts),
  ];
  if (proposed.endDate !== undefined && proposed.endDate <= proposed.startDate) {
    const hint = 'Leave endDate out for an ongoing pathway.';
    faults.push({ pointer: '/endDate', code: 'END_NOT_AFTER_START', message: 'The last day must come after the first.', hint });
  }
  return faults;
}
