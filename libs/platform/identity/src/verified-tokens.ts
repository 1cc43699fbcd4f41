import { hash } from 'node:crypto';
import type { Principal } from './principal.ts';

interface Verified {
  readonly principal: Principal;
  readonly goodUntil: number;
}

/**
 * Remembers for a short while what checked tokens said, because a client sends the same one with every request.
 * Finds a token by its SHA-256; never outlives the token, and forgets early enough for a withdrawn signing key to matter.
 */
export class VerifiedTokens {
  private readonly entries = new Map<string, Verified>();

  constructor(
    private readonly capacity = 1000,
    private readonly longestMs = 60_000,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  find(token: string, now: Date): Principal | undefined {
    const key = hash('sha256', token, 'base64');
    const found = this.entries.get(key);
    if (found === undefined) return undefined;
    if (now.getTime() < found.goodUntil) return found.principal;
    this.entries.delete(key);
    return undefined;
  }

  remember(token: string, principal: Principal, expiresAtMs: number, now: Date): void {
    const goodUntil = Math.min(expiresAtMs, now.getTime() + this.longestMs);
    if (goodUntil <= now.getTime()) return;
    if (this.entries.size >= this.capacity) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(hash('sha256', token, 'base64'), { principal, goodUntil });
  }
}
