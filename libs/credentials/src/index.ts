export * from './credential.ts';
export { openBadgeOf, type OpenBadgeSource } from './build/badge/open-badge.ts';
export { endorsementOf, type EndorsementSource } from './build/endorsement.ts';
export { learnerRecordOf, type LearnerRecordSource } from './build/learner-record.ts';
export { addressesUnder, type Addresses } from './build/source/addresses.ts';
export type { Award, AwardEvidence, AwardResult, Recipient, ResultType } from './build/source/award.ts';
export type { Institution, IssuingInstitution, MicroCredentialVersion } from './build/source/definition.ts';
export type { Party } from './build/source/party.ts';
