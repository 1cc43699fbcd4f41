import type { JsonObject } from '../../credential.ts';
import type { Assessment, MicroCredentialVersion } from '../source/definition.ts';
import { stated } from '../stated.ts';
import { asMarkdown, type Language } from '../texts.ts';

const METHODS = {
  'en-CA': { Exam: 'exam', Performance: 'performance', Artifact: 'artifact' },
  'fr-CA': { Exam: 'examen', Performance: 'prestation', Artifact: 'production' },
} as const;

const WORDS = {
  'en-CA': { hours: (hours: number) => `${hours} hours of learning and assessment.`, shows: 'A learner shows these competencies:', by: 'By passing:' },
  'fr-CA': {
    hours: (hours: number) => `${hours.toString().replace('.', ',')} heures d’apprentissage et d’évaluation.`,
    shows: 'La personne fait preuve de ces compétences :',
    by: 'En réussissant :',
  },
} as const;

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** What a learner must do, and where an institution describes it. The narrative is Markdown; words of an institution stand in it as plain text. */
export function criteriaOf(version: MicroCredentialVersion, language: Language): JsonObject {
  const { hours, shows, by } = WORDS[language];
  const summative = version.assessments.filter(({ use }) => use === 'Summative');
  const named = (assessment: Assessment): string => `${asMarkdown(assessment.name)} (${METHODS[language][assessment.assessmentMethodType]})`;
  const paragraphs = [
    hours(version.totalHours),
    ...(version.competencies.length === 0 ? [] : [shows, list(version.competencies.map(({ competencyText }) => asMarkdown(competencyText)))]),
    ...(summative.length === 0 ? [] : [by, list(summative.map(named))]),
  ];
  return stated({ id: version.subjectWebpage, narrative: paragraphs.join('\n\n') });
}
