import type { LanguageMap } from '@mcr/event-kit';
import type { JsonObject } from '../../credential.ts';
import { stated } from '../stated.ts';

/** The context of CTDL and CTDL-ASN. Documents link to it; nothing of ours reads it. */
export const CTDL_CONTEXT = 'https://credreg.net/ctdl/schema/context/json';

/** Nodes as one CTDL document, to be published or exported. */
export const ctdlDocument = (nodes: readonly JsonObject[]): JsonObject => ({ '@context': CTDL_CONTEXT, '@graph': nodes });

/** A text that is said in both languages where it is. */
export const texts = (map: LanguageMap): JsonObject => stated({ ...map });

/** A text that stands in one language alone. */
export const textIn = (language: string, text: string | readonly string[]): JsonObject => ({ [language]: text });

export const durationProfile = (exactDuration: string): JsonObject => ({ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': exactDuration });

/** Hours as an ISO 8601 duration: 7.5 is `PT7H30M`. To the minute. */
export function durationOfHours(hours: number): string {
  const minutes = Math.round(hours * 60);
  const [whole, rest] = [Math.trunc(minutes / 60), minutes % 60];
  return `PT${whole > 0 || rest === 0 ? `${whole}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
}

/** A concept of one of CTDL's own schemes, such as `deliveryType:OnlineOnly`. */
export const alignedConcept = (concept: string): JsonObject => ({ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNode': concept });

/** A code of a classification that is not CTDL's, such as CIP. */
export const alignedCode = (frameworkName: string, code: string): JsonObject => ({
  '@type': 'ceterms:CredentialAlignmentObject',
  'ceterms:frameworkName': textIn('en-CA', frameworkName),
  'ceterms:codedNotation': code,
});

export const identifierValue = (name: LanguageMap, code: string): JsonObject => ({
  '@type': 'ceterms:IdentifierValue',
  'ceterms:identifierTypeName': texts(name),
  'ceterms:identifierValueCode': code,
});
