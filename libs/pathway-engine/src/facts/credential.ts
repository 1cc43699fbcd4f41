import type { Day } from './day.ts';
import type { Centicredits, Grade } from './measures.ts';
import type { Requirement } from './requirement.ts';

/**
 * What holds for all credit that a credential counts, each with an id for answers.
 * RESIDENCY: credit earned at the institution itself, as a number or as a share (in hundredths of a percent) of `credits`. LEVEL: credit of a
 * level or above. TOTAL: credit in all. GPA: the average grade, by credit, of what has a grade. CAP: no more than so much of a bucket counts.
 */
export type Limit =
  | { readonly id: string; readonly limit: 'RESIDENCY'; readonly min: Centicredits }
  | { readonly id: string; readonly limit: 'LEVEL'; readonly min: Centicredits; readonly level: number }
  | { readonly id: string; readonly limit: 'TOTAL'; readonly min: Centicredits }
  | { readonly id: string; readonly limit: 'GPA'; readonly min: Grade }
  | { readonly id: string; readonly limit: 'CAP'; readonly bucket: string; readonly max: Centicredits };

/**
 * How much of what a credential counts may stand on learning that another credential counts too: so much credit, or a share (in hundredths of a
 * percent) of all credit that it counts. `with` names the other one; absent, it holds with every other one that no cap names, each by itself.
 */
export type ShareCap = { readonly with?: string } & ({ readonly max: Centicredits } | { readonly share: number });

/**
 * How often one piece of credit may be used inside a credential. `maxUses` 1 is the rule; `together` lists the leaves that may share. `across`
 * limits what it may share with other credentials; without it learning may count for each of them.
 */
export interface Sharing {
  readonly maxUses: number;
  readonly together?: readonly (readonly [string, string])[];
  readonly across?: readonly ShareCap[];
}

export const credentialTypes = ['MICRO_CREDENTIAL', 'CERTIFICATE', 'DIPLOMA', 'DEGREE'] as const;
export type CredentialType = (typeof credentialTypes)[number];

/** One version of a credential that an institution gives for meeting a tree of requirements. */
export interface CredentialVersion {
  readonly id: string;
  readonly institution: string;
  readonly name: string;
  readonly type: CredentialType;
  readonly requirement: Requirement;
  readonly limits?: readonly Limit[];
  readonly sharing?: Sharing;
  /** Anybody can begin it on these days. */
  readonly validFrom: Day;
  readonly validUntil: Day | null;
}

/** A credential: its newest version, and those before it that still hold on days of their own, each beginning before the one that it follows. */
export interface Credential extends CredentialVersion {
  readonly earlier?: readonly CredentialVersion[];
}

/** All versions that hold on some day, the last one first. */
export const versionsOf = <Version extends CredentialVersion>(credential: Version & { readonly earlier?: readonly Version[] }): readonly Version[] =>
  credential.earlier ? [credential, ...credential.earlier] : [credential];

/**
 * The version that a day is judged by: the last one whose first day has come, whatever its own last day says. Where none has begun yet it is the one
 * that begins first: who asks of a day before it asks of something that is still to come.
 */
export function versionOn<Version extends CredentialVersion>(credential: Version & { readonly earlier?: readonly Version[] }, day: Day): Version {
  const versions = versionsOf<Version>(credential);
  return versions.find(({ validFrom }) => validFrom <= day) ?? versions.at(-1)!;
}
