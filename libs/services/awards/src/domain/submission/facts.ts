/** What deciding needs to know of other services, as their events told it. */
export interface InstitutionFact {
  readonly ctid: string;
  readonly code: string;
  readonly status: string;
}

export interface MicroCredentialVersionFact {
  readonly ctid: string;
  readonly version: number;
  readonly ownedBy: string;
  readonly offeredBy: readonly string[];
  readonly dateEffective: string;
  readonly expirationDate?: string;
  readonly isNonCredit: boolean;
  readonly creditValue?: number;
  readonly competencies: readonly string[];
  /** The ids of its assessments. */
  readonly assessments: readonly string[];
}

export interface Facts {
  institution(code: string): InstitutionFact | undefined;
  /** All published versions that are known here, in ascending order; none when the micro-credential is not known. */
  versionsOf(microCredentialCtid: string): readonly MicroCredentialVersionFact[];
}
