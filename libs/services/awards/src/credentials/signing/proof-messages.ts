import type { Credential, Cryptosuite, UnsignedProof } from '@mcr/credentials';

/** A document to be signed, with what its proof says. */
export interface ProofJob {
  readonly document: Credential;
  readonly verificationMethod: string;
  readonly created: Date;
  /** `eddsa-rdfc-2022` unless said. */
  readonly cryptosuite?: Cryptosuite;
}

export interface ToProofThread {
  readonly id: number;
  readonly jobs: readonly ProofJob[];
}

/** In the order of the jobs. An error is a fault of ours: what is signed here was built here. */
export type FromProofThread = { readonly id: number; readonly proofs: readonly UnsignedProof[] } | { readonly id: number; readonly error: string };
