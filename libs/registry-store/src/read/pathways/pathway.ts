import type { LanguageMap } from '@mcr/event-kit';
import type { InstitutionName } from '../institutions/institution.ts';

export interface Pathway {
  readonly ctid: string;
  readonly version: number;
  readonly name: LanguageMap;
  readonly ownerCtid: string;
  /** Null until the institution's own event has arrived. */
  readonly ownedBy: InstitutionName | null;
  readonly kind: string;
  readonly destinationType: string;
  /** The CTID of the micro-credential that a learner has at the end, where it is one. */
  readonly destinationCtid: string | null;
  readonly startDate: string;
  readonly endDate: string | null;
  /** The tree as its event carried it. */
  readonly requirement: object;
  readonly limits: readonly object[];
  readonly sharing: object | null;
  readonly status: string;
}

/** The columns of a `Pathway`, from `registry.pathway p`. */
export const pathwayColumns = `
  p.id as ctid, p.version, p.name, p.owner_id as "ownerCtid", p.kind, p.destination_type as "destinationType", p.destination_id as "destinationCtid",
  p.start_on::text as "startDate", p.end_on::text as "endDate", p.requirement, p.limits, p.sharing, p.status,
  (select jsonb_build_object('ctid', i.id, 'code', i.code, 'name', i.name) from registry.institution i where i.id = p.owner_id) as "ownedBy"`;
