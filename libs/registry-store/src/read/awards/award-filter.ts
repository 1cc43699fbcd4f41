import { ctidKey, keyText } from '../keys.ts';
import { type AwardStatus, hasStatus, momentParameters } from './award.ts';

export interface AwardFilter {
  /** The code of the institution that awarded it. */
  readonly institution?: string | null;
  /** What holds at `asOf`. */
  readonly status?: AwardStatus | null;
  /** The ctid of the micro-credential, whatever its version. */
  readonly microCredential?: string | null;
}

/** Selects `registry.award a` by the parameters $1 to $5, which `filterParameters` gives. */
export const matching = `
  ($1::text is null or a.institution_id = (select min(i.id) from registry.institution i where i.code = $1))
  and ($2::text is null or a.micro_credential_id = $2)
  and ($3::text is null or ${hasStatus})
  and $4::timestamptz is not null and $5::date is not null`;

export const filterParameters = ({ institution, status, microCredential }: AwardFilter, asOf: Date): unknown[] => [
  keyText(institution),
  ctidKey(microCredential),
  status ?? null,
  ...momentParameters(asOf),
];
