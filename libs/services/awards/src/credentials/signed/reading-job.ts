import type { Received, Signer } from '@mcr/credentials';

/** A credential as it came, with who must have signed it, at which instant at the latest. */
export interface ReadingJob {
  readonly received: Received;
  readonly signer: Signer;
  readonly at: Date;
}
