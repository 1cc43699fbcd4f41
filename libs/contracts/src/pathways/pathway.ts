import { CalendarDate, Ctid, defineEvent, languageMap } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';
import { PublishedLimit, PublishedRequirement, PublishedSharing } from './requirement.ts';

/** STACK: micro-credentials build up to it. LADDER: it leads into credit and larger credentials. */
export const PathwayKind = z.enum(['STACK', 'LADDER']);
/** What a learner has at the end. */
export const DestinationType = z.enum(['MICRO_CREDENTIAL', 'CERTIFICATE', 'DIPLOMA', 'DEGREE']);
/** Of a version. SUPERSEDED: there is a later one, and this one holds until the first day of that. RETIRED: nobody begins the pathway any more. */
export const PathwayStatus = z.enum(['PUBLISHED', 'RETIRED', 'SUPERSEDED']);

const Name = languageMap(300);

/** What a version says in events and commands alike. */
export const PathwayTerms = {
  kind: PathwayKind,
  destinationType: DestinationType,
  /** The micro-credential that a learner has at the end, where it is one. No way leads to it from itself. */
  destination: Ctid.optional(),
  /** Anybody can begin it on a day from startDate to endDate, both included. No end: ongoing. */
  startDate: CalendarDate,
  endDate: CalendarDate.optional(),
};

/** The full public state of one version of a pathway. */
export const PathwaySnapshot = z.object({
  ctid: Ctid,
  version: z.int().positive(),
  name: Name.strip(),
  ownedBy: Ctid,
  ...PathwayTerms,
  requirement: PublishedRequirement,
  limits: z.array(PublishedLimit).default([]),
  sharing: PublishedSharing.optional(),
  status: PathwayStatus,
});
export type PathwaySnapshot = z.infer<typeof PathwaySnapshot>;

const define = (type: string) => defineEvent({ type, topic: topics.transfer, key: ({ ctid }) => ctid, data: PathwaySnapshot });

/** A version of a pathway holds from its first day on; no version before it holds any more on those days. */
export const PathwayPublished = define('ca.bc.mcr.pathway.published.v1');
export const PathwayRetired = define('ca.bc.mcr.pathway.retired.v1');
/** A version is the newest no more: the event of the next one follows, and says from which day on that one holds instead. */
export const PathwaySuperseded = define('ca.bc.mcr.pathway.superseded.v1');
export const pathwayEvents = [PathwayPublished, PathwayRetired, PathwaySuperseded] as const;
