import type { Credential, Cryptosuite } from '@mcr/credentials';

/** A document to be signed, with what its proof says. */
export interface ProofJob {
  readonly document: Credential;
  readonly verificationMethod: string;
  readonly created: Date;
  /** `eddsa-rdfc-2022` unless said. */
  readonly cryptosuite?: Cryptosuite;
}
