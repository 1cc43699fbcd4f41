import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MicroCredentialVersion, Partner } from '../source/definition.ts';
import { anyVersion } from '../testing/arbitraries.ts';
import { catalogue, institutionOf } from '../testing/catalogue.ts';
import { addresses } from '../testing/sources.ts';
import { microCredentialNodes } from './micro-credential.ts';
import { organizationNode } from './organization.ts';
import { ctdlDocument, durationOfHours } from './terms.ts';
import { ctdlFaults, ctdlIsThere } from './testing/ctdl-check.ts';

const organisationsOf = ({ ownedBy, offeredBy }: MicroCredentialVersion) =>
  Object.fromEntries([ownedBy, ...offeredBy].map((ctid) => [addresses.organization(ctid), 'ceterms:CredentialOrganization']));
const faultsOf = (version: MicroCredentialVersion) => ctdlFaults(microCredentialNodes(version, addresses), organisationsOf(version));
const first = catalogue[0]!.microCredential;
const withPartners = (...partners: Partner[]) => JSON.stringify(microCredentialNodes({ ...first, partners }, addresses));

describe('A micro-credential in CTDL', () => {
  it('says its name in every language that it has one in, and with its accents', () => {
    const [node] = microCredentialNodes({ ...first, name: { 'en-CA': 'Forest health', 'fr-CA': 'Santé des forêts' } }, addresses);
    expect(node).toMatchObject({ '@type': 'ceterms:MicroCredential', 'ceterms:name': { 'en-CA': 'Forest health', 'fr-CA': 'Santé des forêts' } });
    expect(microCredentialNodes({ ...first, name: { 'en-CA': 'Forest health', 'fr-CA': undefined } }, addresses)[0]!['ceterms:name']).toEqual({
      'en-CA': 'Forest health',
    });
  });

  it('says everything that the vocabulary has a word for', () => {
    const full: MicroCredentialVersion = {
      ...first,
      codedNotation: 'FCM-1',
      expirationDate: '2028-02-29',
      isNonCredit: false,
      creditValue: { value: 3, creditUnitType: 'SemesterHours', creditLevelType: 'LowerDivision' },
      estimatedCost: [{ price: 495.5, currency: 'CAD' }],
      occupationType: ['21112'],
    };
    const [node] = microCredentialNodes(full, addresses);
    expect(Object.keys(node!)).toEqual(
      expect.arrayContaining(
        'ctid name description subjectWebpage identifier inLanguage keyword credentialStatusType dateEffective expirationDate versionIdentifier estimatedDuration isNonCredit learningDeliveryType estimatedCost instructionalProgramType occupationType ownedBy offeredBy requires'
          .split(' ')
          .map((name) => `ceterms:${name}`),
      ),
    );
    expect(node!['ceterms:requires']).toMatchObject([
      { 'ceterms:creditValue': [{ 'schema:value': 3, 'ceterms:creditUnitType': ['creditUnit:SemesterHour'] }] },
    ]);
  });

  it('leaves out what is empty', () => {
    const bare = {
      ...first,
      keyword: [],
      competencies: [],
      assessments: [],
      components: [],
      occupationType: [],
      estimatedCost: [],
      instructionalProgramType: undefined,
    };
    expect(JSON.stringify(microCredentialNodes(bare, addresses))).not.toMatch(/\[\]|\{\}|null/);
  });

  it('writes hours as a duration to the minute', () => {
    expect([60, 7.5, 0.25, 1 / 3].map(durationOfHours)).toEqual(['PT60H', 'PT7H30M', 'PT15M', 'PT20M']);
  });

  it.each([
    ['was refused', false],
    ['was never asked', undefined],
  ])('does not name an Indigenous community whose consent %s', (_, publicConsent) => {
    const community = { organizationName: 'Upper Valley Nation', type: 'INDIGENOUS_COMMUNITY', roles: ['NEED', 'RECOGNITION'], publicConsent } as const;
    expect(withPartners(community)).not.toContain('Upper Valley');
    expect(withPartners(community)).toContain('An Indigenous community');
  });

  it('names an Indigenous community that consents, and every other partner', () => {
    expect(withPartners({ organizationName: 'Upper Valley Nation', type: 'INDIGENOUS_COMMUNITY', roles: ['NEED'], publicConsent: true })).toContain(
      'Upper Valley Nation',
    );
    expect(withPartners({ organizationName: 'Truck Loggers', type: 'INDUSTRY', roles: ['RECOGNITION'] })).toContain('Truck Loggers');
  });

  it('is a document with the context of the vocabulary', () => {
    expect(ctdlDocument([])).toEqual({ '@context': 'https://credreg.net/ctdl/schema/context/json', '@graph': [] });
  });
});

const whereCtdlIs = ctdlIsThere ? describe : describe.skip;
whereCtdlIs('By the schema of CTDL every term is known, and domains and ranges are right (skipped where ../shared/data/ctdl is not there)', () => {
  it.each(catalogue.map(({ microCredential }) => [microCredential.name['en-CA'], microCredential] as const))('in %s', (_, microCredential) => {
    expect(faultsOf(microCredential)).toEqual([]);
  });

  it('in whatever can be published', () => {
    fc.assert(
      fc.property(anyVersion, (version) => {
        expect(faultsOf(version)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('in an institution, public or private', () => {
    const institution = { ...institutionOf('NVIT'), subjectWebpage: 'https://nvit.example/', email: 'registrar@nvit.example' };
    for (const agentType of ['INDIGENOUS_INSTITUTE', 'PRIVATE'] as const)
      expect(ctdlFaults([organizationNode({ ...institution, agentType }, addresses)])).toEqual([]);
  });

  it('and it does look', () => {
    const [node] = microCredentialNodes(first, addresses);
    const wrong = {
      ...node,
      'ceterms:codedNotation': 'X',
      'ceterms:colour': 'red',
      'ceterms:dateEffective': '2027-02-29',
      'ceterms:name': 'bare',
      'ceterms:ownedBy': ['https://elsewhere.example/'],
    };
    const faults = ctdlFaults([wrong, ...microCredentialNodes(first, addresses).slice(1)], organisationsOf(first));
    for (const property of ['codedNotation', 'colour', 'dateEffective', 'name', 'ownedBy'])
      expect(faults.filter((fault) => fault.includes(`ceterms:${property}`))).toHaveLength(1);
  });
});
