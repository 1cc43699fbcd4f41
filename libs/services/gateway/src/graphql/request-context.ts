import type { Principal, TokenVerifier } from '@mcr/identity';
import type { FastifyRequest } from 'fastify';
import type { Loaders } from '../queries/loaders.ts';

/** What one request knows. Made anew for each, so nothing that one caller may see reaches another. */
export class RequestContext {
  private caller: Promise<Principal> | undefined;

  constructor(
    readonly req: FastifyRequest,
    private readonly verifier: TokenVerifier,
    readonly loaders: Loaders,
    /** The moment that the whole answer speaks of. */
    readonly now: Date,
    /** Aborted when whoever asks has gone away. */
    readonly gone: AbortSignal,
  ) {}

  /** Who is asking. The token is checked at the first question of that kind; what is public never asks. */
  principal(): Promise<Principal> {
    return (this.caller ??= this.verifier.verify(this.req.headers.authorization));
  }
}
