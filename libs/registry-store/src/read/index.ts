/** What the registry can be asked. Every function is one statement, for any connection that may read the schema. */
export type { Page, PageRequest } from '../paging/page.ts';
export type { Reader } from './reader.ts';
export type { Institution, InstitutionName } from './institutions/institution.ts';
export * from './institutions/institutions.ts';
export * from './institutions/institutions-by-key.ts';
export type { MicroCredential } from './micro-credentials/micro-credential.ts';
export * from './micro-credentials/micro-credentials.ts';
export * from './micro-credentials/micro-credentials-by-ctid.ts';
export * from './micro-credentials/micro-credential-versions.ts';
export type { Award, AwardStatus } from './awards/award.ts';
export type { AwardFilter } from './awards/award-filter.ts';
export { type AwardsRequest, awards } from './awards/awards.ts';
export * from './awards/awards-of-micro-credentials.ts';
export * from './awards/count-awards.ts';
export type { Agreement, AgreementStatus } from './agreements/agreement.ts';
export * from './agreements/agreements.ts';
export * from './agreements/agreements-by-ctid.ts';
export * from './status/registry-status.ts';
