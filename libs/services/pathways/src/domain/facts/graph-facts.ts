import type { PathwayLimit, PathwayShareCap, PathwaySharing, PathwaySnapshot, Requirement as PublicRequirement, RequirementFilter } from '@mcr/contracts';
import { type Agreement, type Filter, type Limit, type Requirement, type ShareCap, type Sharing, dayOf } from '@mcr/pathway-engine';
import type { GrantFact, PathwayFact, PathwayVersionFact, PathwayVersions, StoredAgreement } from './graph-fact.ts';
import { folded, hundredths } from './public-units.ts';

const term = ({ startDate, endDate }: { startDate: string; endDate?: string }) => ({
  validFrom: dayOf(startDate),
  validUntil: endDate === undefined ? null : dayOf(endDate) + 1,
});

function grantFact({ course, subject, level, areas, credits, waives }: StoredAgreement['grants'][number]): GrantFact {
  const known = { ...(course !== undefined && { course: folded(course) }), subject: folded(subject) };
  return {
    ...known,
    ...(level !== undefined && { level }),
    ...(areas !== undefined && { areas }),
    credits: hundredths(credits),
    ...(waives !== undefined && { waives }),
    ...((known.course !== course || known.subject !== subject) && { written: { ...(course !== undefined && { course }), subject } }),
  };
}

/** What the engine is told of an agreement. */
export function agreementFact(agreement: StoredAgreement): Agreement {
  const { ctid, kind, sendingOrganization, receivingOrganization, from, grants, recordedOn, priority, conditions } = agreement;
  const { maxAgeMonths, requiresUnexpired, programScope, capBucket, exclusiveGroup } = agreement;
  return {
    id: ctid,
    kind,
    sender: sendingOrganization,
    receiver: receivingOrganization,
    from: from.map(({ microCredential, minGrade, maxGrade }) => ({
      microCredential,
      ...(minGrade !== undefined && { minGrade: hundredths(minGrade) }),
      ...(maxGrade !== undefined && { maxGrade: hundredths(maxGrade) }),
    })),
    grants: grants.map(grantFact),
    ...term(agreement),
    priority,
    recordedOn: dayOf(recordedOn),
    ...(maxAgeMonths !== undefined && { maxAgeMonths }),
    ...(requiresUnexpired && { requiresUnexpired }),
    ...(programScope !== undefined && { programScope }),
    ...(conditions.length > 0 && { conditions }),
    ...(capBucket !== undefined && { capBucket }),
    ...(exclusiveGroup !== undefined && { exclusiveGroup }),
  };
}

const filterOf = ({ subjects, courses, ...filter }: RequirementFilter): Filter => ({
  ...filter,
  ...(subjects && { subjects: subjects.map(folded) }),
  ...(courses && { courses: courses.map(folded) }),
});

type Within = Extract<PublicRequirement, { node: 'CREDITS' | 'COUNT' | 'AT_MOST' }>;

const countsCredits = (within: Within): boolean => (within.node === 'AT_MOST' ? countsCredits(within.within) : within.node === 'CREDITS');

function requirementOf(requirement: PublicRequirement): Requirement {
  switch (requirement.node) {
    case 'COURSE':
      return { ...requirement, course: folded(requirement.course) };
    case 'CRED': {
      const { minGrade, ...leaf } = requirement;
      return { ...leaf, ...(minGrade !== undefined && { minGrade: hundredths(minGrade) }) };
    }
    case 'CREDITS':
      return { ...requirement, min: hundredths(requirement.min), from: filterOf(requirement.from) };
    case 'COUNT':
    case 'DISTINCT':
      return { ...requirement, from: filterOf(requirement.from) };
    case 'MANUAL':
      return requirement;
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return { ...requirement, of: requirement.of.map(requirementOf) };
    case 'SECTIONS': {
      const { sections, each, total, ...rest } = requirement;
      const of = sections.map((section) => ({ ...section, from: filterOf(section.from) }));
      return { ...rest, each: hundredths(each), total: hundredths(total), of };
    }
    case 'AT_MOST': {
      const { node, id, title, from, within } = requirement;
      const max = countsCredits(within) ? hundredths(requirement.max) : Math.floor(requirement.max);
      return { node, id, title, max, of: filterOf(from), within: requirementOf(within) as Extract<Requirement, { node: Within['node'] }> };
    }
    case 'IF': {
      const { then, otherwise, ...rest } = requirement;
      return { ...rest, then: requirementOf(then), ...(otherwise && { otherwise: requirementOf(otherwise) }) };
    }
  }
}

const limitOf = (limit: PathwayLimit): Limit => (limit.limit === 'CAP' ? { ...limit, max: hundredths(limit.max) } : { ...limit, min: hundredths(limit.min) });

const shareCapOf = ({ with: other, credits, percent }: PathwayShareCap): ShareCap => ({
  ...(other !== undefined && { with: other }),
  ...(credits === undefined ? { share: hundredths(percent!) } : { max: hundredths(credits) }),
});

const sharingOf = ({ maxUses, together, across }: PathwaySharing): Sharing => ({
  maxUses,
  ...(together && { together: together.map(([one, other]) => [one!, other!] as const) }),
  ...(across && { across: across.map(shareCapOf) }),
});

/** What the engine is told of a pathway: of each version that holds on some day. */
export function pathwayFact({ snapshot, earlier }: PathwayVersions): PathwayFact {
  return { ...versionFact(snapshot), ...(earlier.length > 0 && { earlier: earlier.map(versionFact) }) };
}

/** What the engine is told of one version of a pathway. */
export function versionFact(snapshot: PathwaySnapshot): PathwayVersionFact {
  const { ctid, version, name, ownedBy, destinationType, requirement, limits, sharing } = snapshot;
  return {
    id: ctid,
    version,
    institution: ownedBy,
    name: name['en-CA'],
    type: destinationType,
    requirement: requirementOf(requirement),
    limits: limits.map(limitOf),
    ...(sharing && { sharing: sharingOf(sharing) }),
    ...term(snapshot),
  };
}
