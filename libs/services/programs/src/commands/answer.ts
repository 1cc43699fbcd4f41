import type { DefineMicroCredential } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import type { MicroCredentialVersion } from '../domain/micro-credential.ts';
import type { Evaluation } from '../domain/rules/rule-set.ts';

/** What both commands answer: the version as it stands, and what every rule says about it. */
export const answer = (
  { ctid, version, status }: MicroCredentialVersion,
  ownedBy: string,
  evaluations: readonly Evaluation[],
): OutputOf<typeof DefineMicroCredential> => ({ ctid, version, ownedBy, status, ruleResults: [...evaluations] });
