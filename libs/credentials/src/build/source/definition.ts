import type { LanguageMap } from '@mcr/event-kit';

export interface Competency {
  readonly ctid: string;
  readonly competencyText: string;
  readonly competencyLabel?: string;
}

export interface Assessment {
  readonly id: string;
  readonly name: string;
  readonly assessmentMethodType: 'Exam' | 'Performance' | 'Artifact';
  readonly use: 'Formative' | 'Summative';
  readonly supervised?: boolean;
  readonly identityVerified?: boolean;
  readonly assesses: readonly string[];
}

export interface Component {
  readonly kind: 'COURSE' | 'MODULE' | 'ASSESSMENT';
  readonly name: string;
  readonly hours?: number;
  readonly code?: string;
}

export interface Partner {
  readonly organizationName: string;
  readonly type: 'INDUSTRY' | 'EMPLOYER' | 'COMMUNITY' | 'INDIGENOUS_COMMUNITY';
  readonly roles: readonly ('NEED' | 'CURRICULUM' | 'ASSESSMENT' | 'RECOGNITION' | 'DELIVERY')[];
  readonly publicConsent?: boolean;
}

export interface CreditValue {
  readonly value: number;
  readonly creditUnitType: 'SemesterHours' | 'QuarterHours';
  readonly creditLevelType?: 'LowerDivision' | 'UpperDivision' | 'Graduate' | 'Preparatory';
}

/** A published version of a micro-credential, as far as a credential or a CTDL document speaks of it. Members are named as in CTDL. */
export interface MicroCredentialVersion {
  readonly ctid: string;
  readonly version: number;
  readonly ownedBy: string;
  readonly offeredBy: readonly string[];
  readonly name: LanguageMap;
  readonly description: LanguageMap;
  readonly codedNotation?: string;
  readonly subjectWebpage?: string;
  readonly inLanguage: readonly string[];
  readonly keyword: readonly string[];
  /** `YYYY-MM-DD`, as every date here. */
  readonly dateEffective: string;
  readonly expirationDate?: string;
  readonly exactDuration?: string;
  readonly totalHours: number;
  readonly isNonCredit: boolean;
  readonly creditValue?: CreditValue;
  readonly deliveryType?: 'InPerson' | 'OnlineOnly' | 'BlendedDelivery';
  readonly estimatedCost: readonly { readonly price: number; readonly currency: 'CAD' }[];
  readonly instructionalProgramType?: string;
  readonly occupationType: readonly string[];
  readonly components: readonly Component[];
  readonly competencies: readonly Competency[];
  readonly assessments: readonly Assessment[];
  readonly partners: readonly Partner[];
}

/** An institution as an issuer or owner. Only one that has a DID can issue. */
export interface Institution {
  readonly ctid: string;
  readonly code?: string;
  readonly name: LanguageMap;
  readonly agentType: 'UNIVERSITY' | 'COLLEGE' | 'INSTITUTE' | 'INDIGENOUS_INSTITUTE' | 'PRIVATE';
  readonly region: string;
  readonly subjectWebpage?: string;
  readonly email?: string;
  readonly did?: string;
}

/** An institution that signs, or is signed for. */
export type IssuingInstitution = Institution & { readonly did: string };
