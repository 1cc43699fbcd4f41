import type { DefineMicroCredential, PublishedMicroCredential } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import { english, newCtid } from '@mcr/event-kit';

type Definition = CallerInput<typeof DefineMicroCredential>['definition'];

/** A definition that meets every rule of the framework: 40 hours, credit, one assessed competency. */
export function aMicroCredential(changes: Partial<Definition> = {}): Definition {
  const competency = newCtid();
  return {
    name: english('Data Visualization Essentials'),
    description: english('Learners turn tables into charts that a reader understands and can trust.'),
    codedNotation: 'DVE 100',
    keyword: ['data'],
    dateEffective: '2026-01-01',
    totalHours: 40,
    isNonCredit: false,
    creditValue: { value: 3, creditUnitType: 'SemesterHours', creditLevelType: 'LowerDivision' },
    deliveryType: 'OnlineOnly',
    instructionalProgramType: '11.0202',
    occupationType: ['21223'],
    competencies: [{ ctid: competency, competencyText: 'Design a chart that answers a stated question of its reader.' }],
    assessments: [
      {
        id: 'portfolio',
        name: 'Portfolio',
        assessmentMethodType: 'Artifact',
        use: 'Summative',
        supervised: true,
        identityVerified: true,
        assesses: [competency],
      },
    ],
    purpose: 'TECHNICAL_SKILL',
    partners: [{ organizationName: 'Association of Data Teams', type: 'INDUSTRY', roles: ['NEED', 'RECOGNITION'] }],
    recognition: ['DIGITAL_BADGE'],
    ...changes,
  };
}

/** A published version as its event carries it, of one organisation that both owns and offers it. */
export function aPublishedMicroCredential(changes: Partial<PublishedMicroCredential> = {}): PublishedMicroCredential {
  const owner = changes.ownedBy ?? newCtid();
  return {
    name: english('Data Visualization Essentials'),
    description: english('Learners turn tables into charts that a reader understands and can trust.'),
    inLanguage: ['en-CA'],
    keyword: ['data'],
    dateEffective: '2026-01-01',
    estimatedCost: [],
    occupationType: [],
    components: [],
    competencies: [],
    assessments: [],
    partners: [],
    recognition: [],
    totalHours: 40,
    isNonCredit: false,
    creditValue: { value: 3, creditUnitType: 'SemesterHours' },
    ctid: newCtid(),
    version: 1,
    ownedBy: owner,
    offeredBy: [owner],
    status: 'PUBLISHED',
    ...changes,
  };
}
