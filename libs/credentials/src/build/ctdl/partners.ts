import type { JsonObject } from '../../credential.ts';
import type { Partner } from '../source/definition.ts';
import { texts } from './terms.ts';

const UNNAMED = { 'en-CA': 'An Indigenous community', 'fr-CA': 'Une communauté autochtone' };

const PROCESSES = {
  NEED: { 'en-CA': 'Said what is needed.', 'fr-CA': 'A exprimé le besoin.' },
  CURRICULUM: { 'en-CA': 'Took part in the curriculum.', 'fr-CA': 'A participé au programme.' },
  ASSESSMENT: { 'en-CA': 'Takes part in the assessment.', 'fr-CA': 'Participe à l’évaluation.' },
  DELIVERY: { 'en-CA': 'Takes part in the delivery.', 'fr-CA': 'Participe à la prestation.' },
} as const;

/** A partner as others may see it: an Indigenous community is named only where its consent is recorded. */
const organizationOf = ({ organizationName, type, publicConsent }: Partner): JsonObject => ({
  '@type': 'ceterms:Organization',
  'ceterms:name': texts(type === 'INDIGENOUS_COMMUNITY' && publicConsent !== true ? UNNAMED : { 'en-CA': organizationName }),
});

const withRole = (partners: readonly Partner[], role: Partner['roles'][number]): JsonObject[] =>
  partners.filter(({ roles }) => roles.includes(role)).map(organizationOf);

/** Who recognises the micro-credential. */
export const recognisers = (partners: readonly Partner[]): JsonObject[] => withRole(partners, 'RECOGNITION');

/** What else partners have to do with it, a process for each kind of work. CTDL has no word for a partner as such. */
export const developmentProcesses = (partners: readonly Partner[]): JsonObject[] =>
  (Object.keys(PROCESSES) as (keyof typeof PROCESSES)[]).flatMap((role) => {
    const agents = withRole(partners, role);
    return agents.length === 0 ? [] : [{ '@type': 'ceterms:ProcessProfile', 'ceterms:description': texts(PROCESSES[role]), 'ceterms:processingAgent': agents }];
  });
