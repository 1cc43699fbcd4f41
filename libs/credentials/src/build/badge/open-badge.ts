import type { Credential, JsonObject, StatusEntry } from '../../credential.ts';
import { type AchievementSource, achievementOf, competencyAlignment, resultDescriptionId } from './achievement.ts';
import type { Award, AwardEvidence, Recipient } from '../source/award.ts';
import { OPEN_BADGES_3, CREDENTIALS_V2 } from '../../contexts/bundled.ts';
import { dateTimeStamp, startOfDay } from '../date-time-stamp.ts';
import type { IssuingInstitution } from '../source/definition.ts';
import { profileOf } from './profile.ts';
import { recipientMembers } from './recipient.ts';
import { stated } from '../stated.ts';
import { type Language, textIn } from '../texts.ts';

/** Everything a credential is made of. */
export interface OpenBadgeSource extends AchievementSource {
  readonly award: Award;
  readonly issuer: IssuingInstitution;
  readonly recipient: Recipient;
  /**
   * The one entry of purpose `revocation`. Open Badges 3.0 allows one status (§B.1.1, 0..1), so a suspension stands at the same index of the
   * list beside it, which a verifier asks the registry for.
   */
  readonly status: StatusEntry;
}

const EARNED_BY = {
  'en-CA': { INSTRUCTION: 'Earned by instruction', PLAR: 'Earned by prior learning assessment and recognition', ASSESSMENT_ONLY: 'Earned by assessment alone' },
  'fr-CA': {
    INSTRUCTION: 'Obtenu par formation',
    PLAR: 'Obtenu par évaluation et reconnaissance des acquis',
    ASSESSMENT_ONLY: 'Obtenu par évaluation seulement',
  },
} as const;

/** How it was earned, and in how many hours: Open Badges has no member of its own for either. */
function narrativeOf({ method, hoursCompleted }: Award, language: Language): string {
  const earned = EARNED_BY[language][method];
  if (hoursCompleted === undefined) return `${earned}.`;
  return language === 'fr-CA' ? `${earned}; ${hoursCompleted.toString().replace('.', ',')} heures.` : `${earned}; ${hoursCompleted} hours.`;
}

function resultsOf({ award, microCredential, addresses }: OpenBadgeSource, achievementId: string): JsonObject[] {
  const graded = (award.results ?? []).map(({ value, status }, index) =>
    stated({ type: ['Result'], resultDescription: resultDescriptionId(achievementId, index), value, status }),
  );
  const demonstrated = microCredential.competencies.filter(({ ctid }) => award.competenciesDemonstrated?.includes(ctid));
  if (demonstrated.length === 0) return graded;
  return [...graded, { type: ['Result'], status: 'Completed', alignment: demonstrated.map((competency) => competencyAlignment(competency, addresses)) }];
}

const evidenceOf = ({ id, name, narrative }: AwardEvidence) => stated({ id, type: ['Evidence'], name, narrative });

const dayStamp = (day: string | undefined): string | undefined => (day === undefined ? undefined : startOfDay(day));

function subjectOf(source: OpenBadgeSource): JsonObject {
  const { award, recipient, language = 'en-CA' } = source;
  const achievement = achievementOf(source, award.results);
  return stated({
    ...recipientMembers(recipient),
    type: ['AchievementSubject'],
    achievement,
    creditsEarned: award.creditsEarned,
    activityStartDate: dayStamp(award.activityStartDate),
    activityEndDate: dayStamp(award.activityEndDate),
    narrative: narrativeOf(award, language),
    result: resultsOf(source, achievement['id'] as string),
  });
}

/**
 * An award as an OpenBadgeCredential of Open Badges 3.0, to be secured. The same award gives the same document. `awardedDate` says when it
 * was earned, at the beginning of that day in British Columbia; without a `validFrom` of its own the credential is valid from then on.
 */
export function openBadgeOf(source: OpenBadgeSource): Credential {
  const { award, issuer, microCredential, addresses, status, language = 'en-CA' } = source;
  return stated({
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3],
    id: award.credentialId,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: textIn(microCredential.name, language),
    issuer: profileOf(issuer, addresses, language),
    awardedDate: startOfDay(award.awardedDate),
    validFrom: award.validFrom === undefined ? startOfDay(award.awardedDate) : dateTimeStamp(award.validFrom),
    validUntil: award.validUntil === undefined ? undefined : dateTimeStamp(award.validUntil),
    credentialSubject: subjectOf(source),
    credentialStatus: status,
    evidence: (award.evidence ?? []).map(evidenceOf),
  });
}
