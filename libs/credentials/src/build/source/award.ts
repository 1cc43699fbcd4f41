/** An e-mail address as a credential may name it: `identityHash` of it in lower case, and the salt. Whoever knows the address can tell that it is this one. */
export interface HashedEmail {
  readonly hash: string;
  readonly salt: string;
}

/** By what a learner is named in a credential. A DID stands alone; a hashed address stands only where there is no DID, beside the reference if there is one. */
export interface Recipient {
  readonly did?: string;
  readonly email?: HashedEmail;
  /** A URI that stands for the learner at the issuer and says nothing about the person. */
  readonly reference?: string;
}

export interface AwardResult {
  readonly resultType: ResultType;
  readonly value?: string;
  readonly status?: 'Completed' | 'Enrolled' | 'Failed' | 'InProgress' | 'OnHold' | 'Provisional' | 'Withdrew';
}

/** The kinds of results of Open Badges 3.0 (§B.6.2). */
export type ResultType =
  | 'GradePointAverage'
  | 'LetterGrade'
  | 'Percent'
  | 'PerformanceLevel'
  | 'PredictedScore'
  | 'RawScore'
  | 'Result'
  | 'RubricCriterion'
  | 'RubricCriterionLevel'
  | 'RubricScore'
  | 'ScaledScore'
  | 'Status';

export interface AwardEvidence {
  /** Where it can be seen. */
  readonly id?: string;
  readonly name?: string;
  readonly narrative?: string;
}

/** What an award says, as far as its credential speaks of it. Dates are days in British Columbia, instants have an offset. */
export interface Award {
  /** The id of this credential; a correction of the award gets another one. */
  readonly credentialId: string;
  readonly awardedDate: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly activityStartDate?: string;
  readonly activityEndDate?: string;
  readonly method: 'INSTRUCTION' | 'PLAR' | 'ASSESSMENT_ONLY';
  readonly creditsEarned?: number;
  readonly hoursCompleted?: number;
  readonly results?: readonly AwardResult[];
  /** CTIDs of competencies of the version. */
  readonly competenciesDemonstrated?: readonly string[];
  readonly evidence?: readonly AwardEvidence[];
}
