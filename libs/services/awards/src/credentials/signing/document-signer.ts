import { Injectable } from '@nestjs/common';
import { type SecuredCredential, withSignature } from '@mcr/credentials';
import { InstitutionSigner } from './institution-signer.ts';
import type { ProofJob } from './proof-job.ts';
import { ProofMaker } from './proof-maker.ts';

/** Secures documents of institutions that let the registry sign (Data Integrity). */
@Injectable()
export class DocumentSigner {
  constructor(
    private readonly proofs: ProofMaker,
    private readonly signer: InstitutionSigner,
  ) {}

  /** In the order given; null where the key may not sign any more. */
  async secure(jobs: readonly ProofJob[]): Promise<(SecuredCredential | null)[]> {
    if (jobs.length === 0) return [];
    const unsigned = await this.proofs.unsigned(jobs);
    const signatures = await this.signer.sign(unsigned.map(({ bytes }, at) => ({ kid: jobs[at]!.verificationMethod, bytes })));
    return signatures.map((signature, at) => (signature ? withSignature(jobs[at]!.document, unsigned[at]!, signature) : null));
  }
}
