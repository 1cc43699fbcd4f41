import type { JsonObject } from '../../credential.ts';
import type { Addresses } from '../source/addresses.ts';
import type { Assessment, Competency, Component, MicroCredentialVersion } from '../source/definition.ts';
import { stated } from '../stated.ts';
import { alignedConcept, durationOfHours, durationProfile, textIn } from './terms.ts';

const COMPONENT_TYPES = { COURSE: 'ceterms:Course', MODULE: 'ceterms:LearningOpportunityProfile', ASSESSMENT: 'ceterms:AssessmentProfile' } as const;

/** Texts without a language of their own are in the first language of the micro-credential. */
export const languageOf = ({ inLanguage }: MicroCredentialVersion): string => inLanguage[0] ?? 'en-CA';

export const assessmentId = (version: MicroCredentialVersion, { id }: Assessment, addresses: Addresses): string =>
  `${addresses.microCredential(version.ctid)}#assessment-${encodeURIComponent(id)}`;

export const componentId = (version: MicroCredentialVersion, index: number, addresses: Addresses): string =>
  `${addresses.microCredential(version.ctid)}#component-${index + 1}`;

export function assessmentNode(version: MicroCredentialVersion, assessment: Assessment, addresses: Addresses): JsonObject {
  const known = new Set(version.competencies.map(({ ctid }) => ctid));
  return stated({
    '@id': assessmentId(version, assessment, addresses),
    '@type': 'ceterms:AssessmentProfile',
    'ceterms:name': textIn(languageOf(version), assessment.name),
    'ceterms:ownedBy': [addresses.organization(version.ownedBy)],
    'ceterms:assessmentMethodType': [alignedConcept(`assessMethod:${assessment.assessmentMethodType}`)],
    'ceterms:assessmentUseType': [alignedConcept(`assessUse:${assessment.use}`)],
    'ceterms:isProctored': assessment.supervised,
    'ceterms:assesses': assessment.assesses.filter((ctid) => known.has(ctid)).map((ctid) => addresses.competency(ctid)),
  });
}

export function componentNode(version: MicroCredentialVersion, component: Component, index: number, addresses: Addresses): JsonObject {
  const { kind, name, hours, code } = component;
  const isAssessment = kind === 'ASSESSMENT';
  return stated({
    '@id': componentId(version, index, addresses),
    '@type': COMPONENT_TYPES[kind],
    'ceterms:name': textIn(languageOf(version), name),
    'ceterms:ownedBy': [addresses.organization(version.ownedBy)],
    'ceterms:codedNotation': isAssessment ? undefined : code,
    'ceterms:estimatedDuration': hours === undefined || hours === 0 ? undefined : [durationProfile(durationOfHours(hours))],
  });
}

export const competencyNode = (version: MicroCredentialVersion, { ctid, competencyText, competencyLabel }: Competency, addresses: Addresses): JsonObject =>
  stated({
    '@id': addresses.competency(ctid),
    '@type': 'ceasn:Competency',
    'ceterms:ctid': ctid,
    'ceasn:competencyText': textIn(languageOf(version), competencyText),
    'ceasn:competencyLabel': competencyLabel === undefined ? undefined : textIn(languageOf(version), competencyLabel),
    'ceasn:inLanguage': [languageOf(version)],
    'ceasn:creator': [addresses.organization(version.ownedBy)],
  });
