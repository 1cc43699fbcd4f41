import type { JsonObject } from '../../credential.ts';
import type { Addresses } from '../source/addresses.ts';
import type { CreditValue, MicroCredentialVersion } from '../source/definition.ts';
import { stated } from '../stated.ts';
import { developmentProcesses, recognisers } from './partners.ts';
import { assessmentId, assessmentNode, competencyNode, componentId, componentNode, languageOf } from './parts.ts';
import { alignedCode, alignedConcept, durationOfHours, durationProfile, identifierValue, textIn, texts } from './terms.ts';

const CREDIT_UNITS = { SemesterHours: 'creditUnit:SemesterHour', QuarterHours: 'creditUnit:QuarterHour' } as const;
const CREDIT_LEVELS = {
  LowerDivision: 'audLevel:LowerDivisionLevel',
  UpperDivision: 'audLevel:UpperDivisionLevel',
  Graduate: 'audLevel:GraduateLevel',
  Preparatory: 'audLevel:RemedialLevel',
} as const;

/** Unit and level are concepts themselves, not alignments to them: so the schema has it, whatever much of what is published does. */
const valueProfile = ({ value, creditUnitType, creditLevelType }: CreditValue): JsonObject =>
  stated({
    '@type': 'ceterms:ValueProfile',
    'schema:value': value,
    'ceterms:creditUnitType': [CREDIT_UNITS[creditUnitType]],
    'ceterms:creditLevelType': creditLevelType === undefined ? undefined : [CREDIT_LEVELS[creditLevelType]],
  });

/** What a learner must show, pass and take; and what it is worth, which CTDL says of the condition and not of the credential. */
function requirement(version: MicroCredentialVersion, addresses: Addresses): JsonObject {
  const indexed = version.components.map(({ kind }, index) => ({ kind, id: componentId(version, index, addresses) }));
  const idsOf = (isAssessment: boolean): string[] => indexed.filter(({ kind }) => (kind === 'ASSESSMENT') === isAssessment).map(({ id }) => id);
  return stated({
    '@type': 'ceterms:ConditionProfile',
    'ceterms:name': { 'en-CA': 'To earn the micro-credential', 'fr-CA': 'Pour obtenir la microcertification' },
    'ceterms:targetCompetency': version.competencies.map(({ ctid }) => addresses.competency(ctid)),
    'ceterms:targetAssessment': [...version.assessments.map((assessment) => assessmentId(version, assessment, addresses)), ...idsOf(true)],
    'ceterms:targetLearningOpportunity': idsOf(false),
    'ceterms:creditValue': version.creditValue === undefined ? undefined : [valueProfile(version.creditValue)],
  });
}

function microCredentialNode(version: MicroCredentialVersion, addresses: Addresses): JsonObject {
  const { codedNotation, deliveryType, instructionalProgramType } = version;
  return stated({
    '@id': addresses.microCredential(version.ctid),
    '@type': 'ceterms:MicroCredential',
    'ceterms:ctid': version.ctid,
    'ceterms:name': texts(version.name),
    'ceterms:description': texts(version.description),
    'ceterms:subjectWebpage': version.subjectWebpage,
    'ceterms:identifier':
      codedNotation === undefined ? undefined : [identifierValue({ 'en-CA': 'Code of the institution', 'fr-CA': 'Code de l’établissement' }, codedNotation)],
    'ceterms:inLanguage': [...version.inLanguage],
    'ceterms:keyword': version.keyword.length === 0 ? undefined : textIn(languageOf(version), version.keyword),
    'ceterms:credentialStatusType': alignedConcept('credentialStat:Active'),
    'ceterms:dateEffective': version.dateEffective,
    'ceterms:expirationDate': version.expirationDate,
    'ceterms:versionIdentifier': [identifierValue({ 'en-CA': 'Version', 'fr-CA': 'Version' }, String(version.version))],
    'ceterms:estimatedDuration': [durationProfile(version.exactDuration ?? durationOfHours(version.totalHours))],
    'ceterms:isNonCredit': version.isNonCredit,
    'ceterms:learningDeliveryType': deliveryType === undefined ? undefined : [alignedConcept(`deliveryType:${deliveryType}`)],
    'ceterms:estimatedCost': version.estimatedCost.map(({ price, currency }) => ({
      '@type': 'ceterms:CostProfile',
      'ceterms:price': price,
      'ceterms:currency': currency,
    })),
    'ceterms:instructionalProgramType':
      instructionalProgramType === undefined
        ? undefined
        : [alignedCode('Classification of Instructional Programs (CIP) Canada 2021', instructionalProgramType)],
    'ceterms:occupationType': version.occupationType.map((code) => alignedCode('National Occupational Classification (NOC) 2021', code)),
    'ceterms:ownedBy': [addresses.organization(version.ownedBy)],
    'ceterms:offeredBy': version.offeredBy.map((ctid) => addresses.organization(ctid)),
    'ceterms:recognizedBy': recognisers(version.partners),
    'ceterms:developmentProcess': developmentProcesses(version.partners),
    'ceterms:requires': [requirement(version, addresses)],
  });
}

/**
 * A published version of a micro-credential in CTDL and CTDL-ASN, with its assessments, components and competencies. What the vocabulary has no
 * term for is left out: its purpose, its recognition and whether an assessment checks who somebody is.
 */
export const microCredentialNodes = (version: MicroCredentialVersion, addresses: Addresses): JsonObject[] => [
  microCredentialNode(version, addresses),
  ...version.assessments.map((assessment) => assessmentNode(version, assessment, addresses)),
  ...version.components.map((component, index) => componentNode(version, component, index, addresses)),
  ...version.competencies.map((competency) => competencyNode(version, competency, addresses)),
];

/**
 * One version at the address by which credentials name it, whatever was published since. It links to the micro-credential as it is now; one that
 * is no longer current says that it is not offered any more.
 */
export function microCredentialVersionNodes(
  version: MicroCredentialVersion,
  addresses: Addresses,
  { isCurrent }: { readonly isCurrent: boolean },
): JsonObject[] {
  const ofVersion: Addresses = { ...addresses, microCredential: (ctid) => addresses.microCredentialVersion(ctid, version.version) };
  const [node, ...parts] = microCredentialNodes(version, ofVersion);
  const status = alignedConcept(isCurrent ? 'credentialStat:Active' : 'credentialStat:Deprecated');
  return [{ ...node, 'ceterms:credentialStatusType': status, 'ceterms:latestVersion': [addresses.microCredential(version.ctid)] }, ...parts];
}
