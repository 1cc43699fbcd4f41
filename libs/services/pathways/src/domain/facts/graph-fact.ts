import type { PathwaySnapshot } from '@mcr/contracts';
import type { Agreement, CredentialVersion, Grant, MicroCredential, PathwayEngine } from '@mcr/pathway-engine';
import type { AgreementTerms } from '../agreement.ts';

/** An agreement that both institutions signed, as far as answers depend on it. */
export interface StoredAgreement extends AgreementTerms {
  readonly ctid: string;
  readonly sendingOrganization: string;
  readonly receivingOrganization: string;
  /** When it was written down; of two for the same learning the later one may go first. */
  readonly recordedOn: string;
}

/** A grant as the engine is told of it: course and subject in the one way in which they are compared. */
export interface GrantFact extends Grant {
  /** As the agreement has them, where that is another way. */
  readonly written?: { readonly course?: string; readonly subject: string };
}

/** The newest version of a pathway, and those before it that still hold on days of their own, the last one first. */
export interface PathwayVersions {
  readonly snapshot: PathwaySnapshot;
  readonly earlier: readonly PathwaySnapshot[];
}

/** A version of a pathway as the engine is told of it. */
export interface PathwayVersionFact extends CredentialVersion {
  readonly version: number;
}

/** A pathway as the engine is told of it. */
export interface PathwayFact extends PathwayVersionFact {
  readonly earlier?: readonly PathwayVersionFact[];
}

/** One fact for the engine; null when there is none of this id any more. */
export type GraphFact =
  | { readonly kind: 'MICRO_CREDENTIAL'; readonly id: string; readonly fact: MicroCredential | null }
  | { readonly kind: 'AGREEMENT'; readonly id: string; readonly fact: Agreement | null }
  | { readonly kind: 'PATHWAY'; readonly id: string; readonly fact: PathwayFact | null };

/** Tells an engine what changed. */
export function tell({ graph }: PathwayEngine, facts: readonly GraphFact[]): void {
  for (const { kind, id, fact } of facts) {
    if (kind === 'MICRO_CREDENTIAL') {
      if (fact) graph.putMicroCredential(fact);
      else graph.removeMicroCredential(id);
    } else if (kind === 'AGREEMENT') {
      if (fact) graph.putAgreement(fact);
      else graph.removeAgreement(id);
    } else if (fact) graph.putCredential(fact);
    else graph.removeCredential(id);
  }
}
