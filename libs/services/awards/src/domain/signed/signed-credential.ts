import type { SignedReading } from '@mcr/credentials';
import { pointerTo, type Fault } from '@mcr/event-kit';
import { recordFault } from '../record/record-fault.ts';
import { isObject, listOf } from './json-ld.ts';
import { microCredentialNamed, type NamedMicroCredential } from './micro-credential-named.ts';
import { type SaidResult, resultsIn } from './said-results.ts';

/** A credential that its institution signed: what is kept of it, and what it says as far as a record says it too. */
export interface SignedContent {
  readonly credentialId: string;
  readonly verificationMethod: string;
  readonly hash: string;
  /** The text that is handed out: JSON, or a JWT. */
  readonly document: string;
  readonly says: SaidOfAward;
}

/** Members as they stand there, of whatever kind. */
export interface SaidOfAward {
  readonly microCredential?: NamedMicroCredential;
  readonly learnerId?: unknown;
  readonly awardedDate?: unknown;
  readonly validFrom?: unknown;
  readonly validUntil?: unknown;
  readonly creditsEarned?: unknown;
  readonly results?: readonly SaidResult[];
}

/** What was found when a signed credential came in; that a record and it say the same is not looked at here. */
export type ReadSignedCredential = { readonly faults: readonly Fault[] } | SignedContent;

/** Everything below has its pointer in the record. */
const AT = '/signedCredential';
const notABadge = (...parts: readonly PropertyKey[]): Fault => recordFault('NOT_AN_OPEN_BADGE', AT + pointerTo(...parts));

/** Printable, and short enough to be found again by an index. */
const CREDENTIAL_ID = /^[\x21-\x7e]{1,1000}$/;
const BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential'];

/**
 * What a signed credential says, or why it is not taken: it is not in order, its institution did not sign it, or it is no Open Badge 3.0 about one
 * achievement. `sent` is what the record carries.
 */
export function contentOf(read: SignedReading, sent: string | object, publicUrl: string): ReadSignedCredential {
  if (read.outcome === 'REFUSED') return { faults: read.faults.map(({ pointer, message }) => refusedFor(pointer, message)) };
  const { document, jwt, hash, verificationMethod } = read;
  const faults = badgeFaults(document, publicUrl);
  if (faults.length > 0) return { faults };
  const subject = document['credentialSubject'] as Record<string, unknown>;
  const achievement = subject['achievement'] as { readonly id: string };
  return {
    credentialId: document['id'] as string,
    verificationMethod,
    hash,
    document: jwt ?? (typeof sent === 'string' ? sent.trim() : JSON.stringify(sent)),
    says: {
      microCredential: microCredentialNamed(achievement.id, publicUrl),
      learnerId: subject['id'],
      awardedDate: document['awardedDate'],
      validFrom: document['validFrom'],
      validUntil: document['validUntil'],
      creditsEarned: subject['creditsEarned'],
      results: resultsIn(subject),
    },
  };
}

/** The words are the verifier's, which repeat nothing of a document. */
function refusedFor(pointer: string, message: string): Fault {
  const fault = recordFault('SIGNATURE_INVALID', AT + pointer);
  return { ...fault, message: `${fault.message} ${message}` };
}

/** What Open Badges 3.0 asks for beyond the data model, and the registry for finding it again. */
function badgeFaults(document: Readonly<Record<string, unknown>>, publicUrl: string): Fault[] {
  const { id, type, credentialSubject: subject, credentialStatus: status } = document;
  const achievement = isObject(subject) ? subject['achievement'] : undefined;
  const isOurs = isObject(status) && [status['id'], status['statusListCredential']].some((url) => typeof url === 'string' && url.startsWith(`${publicUrl}/`));
  return [
    ...(typeof id === 'string' && CREDENTIAL_ID.test(id) ? [] : [notABadge('id')]),
    ...(listOf(type).some((each) => BADGE_TYPES.includes(each as string)) ? [] : [notABadge('type')]),
    ...(isObject(subject) ? [] : [notABadge('credentialSubject')]),
    ...(isObject(subject) && !(isObject(achievement) && typeof achievement['id'] === 'string') ? [notABadge('credentialSubject', 'achievement')] : []),
    ...(isOurs ? [notABadge('credentialStatus')] : []),
  ];
}
