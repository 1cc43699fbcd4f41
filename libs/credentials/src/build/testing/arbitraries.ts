import fc from 'fast-check';
import type { OpenBadgeSource } from '../badge/open-badge.ts';
import { hashedEmail } from '../badge/recipient.ts';
import type { Award, Recipient } from '../source/award.ts';
import type { Competency, IssuingInstitution, MicroCredentialVersion } from '../source/definition.ts';
import { addresses, revocationEntry } from './sources.ts';

const orAbsent = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Texts as people write them and as they should not: accents, markup, other scripts, signs of direction. */
const text = (max = 60) =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: max }) },
      fc.constantFrom(
        'Évaluation des compétences autochtones',
        'ᐃᓄᒃᑎᑐᑦ',
        'Sḵwx̱wú7mesh',
        '<script>alert(1)</script>',
        '[x](javascript:1)',
        '\u202Eback\u202C',
        '"]]>',
        '100 % — 🏅',
      ),
    )
    .map((value) => value.trim())
    .filter((value) => value !== '' && value.isWellFormed() && !value.includes('\u0000'));

const ctid = fc.uuid({ version: 4 }).map((uuid) => `ce-${uuid}`);
const texts = (max?: number) => fc.record({ 'en-CA': text(max), 'fr-CA': orAbsent(text(max)) });
const day = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  },
  fc.constantFrom('2024-02-29', '2028-02-29', '2026-03-08', '2026-11-01', '1900-01-01', '2025-12-31'),
);
const instant = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(
      date.toISOString(),
      date.toISOString().replace(/:\d\d\.\d+Z$/, 'Z'),
      `${date.toISOString().slice(0, 19)}-07:00`,
      `${date.toISOString().slice(0, 19)}+05:30`,
    ),
  );
const url = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true, withFragments: true });

const institution: fc.Arbitrary<IssuingInstitution> = fc.record({
  ctid,
  name: texts(),
  agentType: fc.constantFrom('UNIVERSITY', 'COLLEGE', 'INSTITUTE', 'INDIGENOUS_INSTITUTE', 'PRIVATE'),
  region: fc.constantFrom('Cariboo', 'Kootenay', 'North Coast/Nechako'),
  subjectWebpage: orAbsent(url),
  email: orAbsent(fc.constant('registrar@college.example')),
  did: fc.constantFrom('did:web:registry.example:institutions:BCIT', 'did:web:college.example%3A8443'),
});

const competency: fc.Arbitrary<Competency> = fc.record({ ctid, competencyText: text(300), competencyLabel: orAbsent(text()) });

const described = (competencies: readonly Competency[]) =>
  fc.record({
    ctid,
    version: fc.integer({ min: 1, max: 40 }),
    ownedBy: ctid,
    offeredBy: fc.array(ctid, { minLength: 1, maxLength: 3 }),
    name: texts(),
    description: texts(400),
    codedNotation: orAbsent(text(12)),
    subjectWebpage: orAbsent(url),
    inLanguage: fc.constantFrom(['en-CA'], ['fr-CA', 'en-CA'], ['crk']),
    keyword: fc.array(text(20), { maxLength: 4 }),
    dateEffective: day,
    expirationDate: orAbsent(day),
    exactDuration: orAbsent(fc.constantFrom('PT40H', 'P12W', 'P2DT3H', 'PT7H30M')),
    totalHours: fc.constantFrom(0.25, 5, 7.5, 40, 287.75, 1 / 3),
    deliveryType: orAbsent(fc.constantFrom('InPerson' as const, 'OnlineOnly' as const, 'BlendedDelivery' as const)),
    estimatedCost: fc.array(fc.record({ price: fc.constantFrom(0, 495.5, 1200), currency: fc.constant('CAD' as const) }), { maxLength: 2 }),
    instructionalProgramType: orAbsent(fc.constant('11.0202')),
    occupationType: fc.uniqueArray(fc.constantFrom('21211', '22220', '00010'), { maxLength: 3 }),
    components: fc.array(
      fc.record({
        kind: fc.constantFrom('COURSE', 'MODULE', 'ASSESSMENT'),
        name: text(),
        hours: orAbsent(fc.constantFrom(0, 7.5, 20)),
        code: orAbsent(text(10)),
      }),
      { maxLength: 3 },
    ),
    competencies: fc.constant(competencies),
    assessments: fc.uniqueArray(
      fc.record({
        id: text(20),
        name: text(),
        assessmentMethodType: fc.constantFrom('Exam', 'Performance', 'Artifact'),
        use: fc.constantFrom('Formative', 'Summative'),
        supervised: orAbsent(fc.boolean()),
        identityVerified: orAbsent(fc.boolean()),
        assesses: fc.subarray(competencies.map((each) => each.ctid)),
      }),
      { maxLength: 3, selector: (assessment) => assessment.id },
    ),
    partners: fc.array(
      fc.record({
        organizationName: text(),
        type: fc.constantFrom('INDUSTRY', 'EMPLOYER', 'COMMUNITY', 'INDIGENOUS_COMMUNITY'),
        roles: fc.subarray(['NEED', 'CURRICULUM', 'ASSESSMENT', 'RECOGNITION', 'DELIVERY'] as const),
        publicConsent: orAbsent(fc.boolean()),
      }),
      { maxLength: 3 },
    ),
  });

const credit = fc.constantFrom(
  { isNonCredit: true },
  { isNonCredit: false, creditValue: { value: 3, creditUnitType: 'SemesterHours' as const } },
  { isNonCredit: false, creditValue: { value: 1.5, creditUnitType: 'QuarterHours' as const, creditLevelType: 'Preparatory' as const } },
);

const versionOf = (competencies: readonly Competency[]): fc.Arbitrary<MicroCredentialVersion> =>
  fc.tuple(described(competencies), credit).map(([members, value]) => ({ ...members, ...value }));

const competencies = fc.uniqueArray(competency, { maxLength: 4, selector: (each) => each.ctid });

/** Any version of a micro-credential that the registry could publish. */
export const anyVersion = competencies.chain(versionOf);

const recipient: fc.Arbitrary<Recipient> = fc.oneof(
  fc.constant({}),
  fc.constant({ did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' }),
  fc.record({
    email: fc
      .tuple(fc.constantFrom('learner@example.com', 'ÉLÈVE@exemple.ca'), fc.stringMatching(/^[0-9a-f]{32}$/))
      .map(([address, salt]) => hashedEmail(address, salt)),
    reference: orAbsent(fc.uuid().map((uuid) => `urn:uuid:${uuid}`)),
  }),
);

const awardFor = (competencies: readonly Competency[]): fc.Arbitrary<Award> =>
  fc.record({
    credentialId: fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
    awardedDate: day,
    validFrom: orAbsent(instant),
    validUntil: orAbsent(instant),
    activityStartDate: orAbsent(day),
    activityEndDate: orAbsent(day),
    method: fc.constantFrom('INSTRUCTION', 'PLAR', 'ASSESSMENT_ONLY'),
    creditsEarned: orAbsent(fc.constantFrom(0, 0.25, 3)),
    hoursCompleted: orAbsent(fc.constantFrom(0, 7.5, 287)),
    results: orAbsent(
      fc.array(
        fc.record({ resultType: fc.constantFrom('LetterGrade', 'Percent', 'Status'), value: orAbsent(text(8)), status: orAbsent(fc.constant('Completed')) }),
        { maxLength: 2 },
      ),
    ),
    competenciesDemonstrated: orAbsent(fc.subarray(competencies.map((each) => each.ctid))),
    evidence: orAbsent(
      fc.array(
        fc.record({
          id: orAbsent(fc.oneof(url, fc.constant('data:text/plain;charset=utf-8;base64,aGVsbG8='))),
          name: orAbsent(text()),
          narrative: orAbsent(text(200)),
        }),
        { maxLength: 2 },
      ),
    ),
  });

/** Anything that a credential could be made of. */
export const anySource: fc.Arbitrary<OpenBadgeSource> = competencies.chain((known) =>
  fc.record({
    award: awardFor(known),
    issuer: institution,
    owner: institution,
    microCredential: versionOf(known),
    recipient,
    status: fc.nat({ max: 131_071 }).map(revocationEntry),
    addresses: fc.constant(addresses),
    language: orAbsent(fc.constantFrom('en-CA' as const, 'fr-CA' as const)),
    previousVersion: orAbsent(fc.constant(1)),
    image: orAbsent(fc.constant('https://registry.example/badge.png')),
  }),
);
