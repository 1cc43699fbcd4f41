import type { JsonObject } from '../../credential.ts';
import type { Addresses } from '../source/addresses.ts';
import type { AwardResult } from '../source/award.ts';
import { criteriaOf } from './criteria.ts';
import type { Competency, Institution, MicroCredentialVersion } from '../source/definition.ts';
import { profileOf } from './profile.ts';
import { stated } from '../stated.ts';
import { type Language, textIn } from '../texts.ts';

/** The version of a micro-credential that a credential is about, and in which words. */
export interface AchievementSource {
  readonly microCredential: MicroCredentialVersion;
  readonly owner: Institution;
  readonly addresses: Addresses;
  /** Of the words in the credential. Where there is no French text, English stands. */
  readonly language?: Language;
  /** The published version before this one. */
  readonly previousVersion?: number;
  /** The address of a picture, or the picture as a `data:` URL. */
  readonly image?: string;
}

/** A competency as the node of a framework that the achievement is aligned to. */
export const competencyAlignment = ({ ctid, competencyLabel, competencyText }: Competency, addresses: Addresses): JsonObject => ({
  type: ['Alignment'],
  targetType: 'ceasn:Competency',
  targetName: competencyLabel ?? competencyText,
  targetDescription: competencyText,
  targetCode: ctid,
  targetUrl: addresses.competency(ctid),
});

const ctdlAlignment = ({ ctid }: MicroCredentialVersion, targetName: string, addresses: Addresses): JsonObject => ({
  type: ['Alignment'],
  targetType: 'ceterms:Credential',
  targetName,
  targetCode: ctid,
  targetFramework: 'Credential Transparency Description Language',
  targetUrl: addresses.microCredential(ctid),
});

/** The id of the description of an award's nth result; results cite it. */
export const resultDescriptionId = (achievementId: string, index: number): string => `${achievementId}#result-${index + 1}`;

const resultDescription = (achievementId: string, { resultType }: AwardResult, index: number): JsonObject => ({
  id: resultDescriptionId(achievementId, index),
  type: ['ResultDescription'],
  name: resultType.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
  resultType,
});

/**
 * An Achievement of Open Badges 3.0 (§B.1.2). Its id names one version, which never changes: two credentials of one version hold the same
 * achievement but for the descriptions of their results. Partners are not named: a credential cannot be taken back when a consent is.
 */
export function achievementOf(source: AchievementSource, results: readonly AwardResult[] = []): JsonObject {
  const { microCredential, owner, addresses, language = 'en-CA', previousVersion, image } = source;
  const { ctid, version } = microCredential;
  const id = addresses.microCredentialVersion(ctid, version);
  const name = textIn(microCredential.name, language);
  const written = microCredential.name[language] === undefined ? 'en-CA' : language;
  return stated({
    id,
    type: ['Achievement'],
    achievementType: 'MicroCredential',
    name,
    description: textIn(microCredential.description, language),
    criteria: criteriaOf(microCredential, written),
    creator: profileOf(owner, addresses, language),
    creditsAvailable: microCredential.creditValue?.value,
    fieldOfStudy: microCredential.instructionalProgramType && `CIP 2021 ${microCredential.instructionalProgramType}`,
    humanCode: microCredential.codedNotation,
    image: image === undefined ? undefined : { id: image, type: 'Image', caption: name },
    inLanguage: written,
    otherIdentifier: [{ type: 'IdentifierEntry', identifier: ctid, identifierType: 'ext:ctid' }],
    tag: [...microCredential.keyword],
    version: String(version),
    related:
      previousVersion === undefined
        ? undefined
        : [{ id: addresses.microCredentialVersion(ctid, previousVersion), type: ['Related'], version: String(previousVersion) }],
    alignment: [ctdlAlignment(microCredential, name, addresses), ...microCredential.competencies.map((each) => competencyAlignment(each, addresses))],
    resultDescription: results.map((result, index) => resultDescription(id, result, index)),
  });
}
