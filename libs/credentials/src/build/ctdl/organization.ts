import type { JsonObject } from '../../credential.ts';
import type { Addresses } from '../source/addresses.ts';
import type { Institution } from '../source/definition.ts';
import { stated } from '../stated.ts';
import { alignedConcept, identifierValue, texts } from './terms.ts';

const place = (region: string): JsonObject => ({
  '@type': 'ceterms:Place',
  'ceterms:subRegion': { 'en-CA': [region] },
  'ceterms:addressRegion': { 'en-CA': 'British Columbia', 'fr-CA': 'Colombie-Britannique' },
  'ceterms:addressCountry': { 'en-CA': 'Canada', 'fr-CA': 'Canada' },
});

/** An institution in CTDL. Of a private one the sector stays open: it may or may not be for profit. */
export const organizationNode = (institution: Institution, addresses: Addresses): JsonObject =>
  stated({
    '@id': addresses.organization(institution.ctid),
    '@type': 'ceterms:CredentialOrganization',
    'ceterms:ctid': institution.ctid,
    'ceterms:name': texts(institution.name),
    'ceterms:subjectWebpage': institution.subjectWebpage,
    'ceterms:email': institution.email === undefined ? undefined : [institution.email],
    'ceterms:identifier':
      institution.code === undefined ? undefined : [identifierValue({ 'en-CA': 'Code of the registry', 'fr-CA': 'Code du registre' }, institution.code)],
    'ceterms:agentType': [alignedConcept('orgType:Postsecondary')],
    'ceterms:agentSectorType': institution.agentType === 'PRIVATE' ? undefined : [alignedConcept('agentSector:Public')],
    'ceterms:address': [place(institution.region)],
    'ceterms:sameAs': institution.did === undefined ? undefined : [institution.did],
  });
