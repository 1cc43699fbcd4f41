import type { MicroCredentialEntry } from '../../write/micro-credentials.ts';
import { ctidKey } from '../keys.ts';
import type { Reader } from '../reader.ts';

/** A published version with everything that its institution said of it. Whether an Indigenous community may be named to others is for whoever shows it to see. */
export interface Definition extends Omit<MicroCredentialEntry, 'purpose' | 'status' | 'aggregateVersion'> {
  /** Which version is the current one. */
  readonly currentVersion: number;
}

const columns = `
  v.id as ctid, v.version, m.current_version as "currentVersion", v.owned_by as "ownedBy", v.offered_by as "offeredBy", v.name, v.description,
  v.coded_notation as "codedNotation", v.subject_webpage as "subjectWebpage", v.in_language as "inLanguage", v.keyword,
  v.date_effective::text as "dateEffective", v.expiration_date::text as "expirationDate", v.exact_duration as "exactDuration",
  v.total_hours::float8 as "totalHours", v.is_non_credit as "isNonCredit", v.credit_value as "creditValue", v.delivery_type as "deliveryType",
  v.estimated_cost as "estimatedCost", v.instructional_program_type as "instructionalProgramType", v.occupation_type as "occupationType",
  v.components, v.competencies, v.assessments, v.partners`;

const definition = `
  select ${columns} from registry.micro_credential m
  join registry.micro_credential_version v on v.id = m.id and v.version = coalesce($2::int, m.current_version)
  where m.id = $1`;

const definitionWithCompetency = `
  select ${columns} from registry.micro_credential_version v
  join registry.micro_credential m on m.id = v.id
  where v.competencies @> jsonb_build_array(jsonb_build_object('ctid', $1::text))
  order by v.version = m.current_version desc, v.date_effective desc, v.version desc, v.id
  limit 1`;

/** What an institution did not say is left out. */
const stated = (row: object): Definition => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Definition;

/** A version of a micro-credential, the current one unless another is named; undefined where there is none. */
export async function definitionOf(reader: Reader, ctid: string, version?: number): Promise<Definition | undefined> {
  const [row] = await reader.query<object>(definition, [ctidKey(ctid), version ?? null]);
  return row && stated(row);
}

/** The newest version in which a competency stands, a current one first; undefined where no version ever had it. */
export async function definitionWith(reader: Reader, competency: string): Promise<Definition | undefined> {
  const [row] = await reader.query<object>(definitionWithCompetency, [ctidKey(competency)]);
  return row && stated(row);
}
