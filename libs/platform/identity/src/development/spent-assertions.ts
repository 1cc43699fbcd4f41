import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';

const SWEEP_EVERY_MS = 60_000;

/**
 * Remembers every assertion that was used until it has expired, so that none is taken twice. Kept in memory: assertions
 * live for minutes. The second of two that arrive at the same moment is refused when it is written down.
 */
export class SpentAssertions implements Adapter {
  private readonly spent = new Map<string, { payload: AdapterPayload; expiresAtMs: number }>();
  private nextSweepMs = 0;

  constructor(private readonly now: () => number = Date.now) {}

  get size(): number {
    return this.spent.size;
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.spent.get(id);
    return entry !== undefined && entry.expiresAtMs > this.now() ? entry.payload : undefined;
  }

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds: number): Promise<void> {
    const now = this.now();
    this.sweep(now);
    const known = this.spent.get(id);
    if (known !== undefined && known.expiresAtMs > now) throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
    this.spent.set(id, { payload, expiresAtMs: now + expiresInSeconds * 1000 });
  }

  private sweep(now: number): void {
    if (now < this.nextSweepMs) return;
    this.nextSweepMs = now + SWEEP_EVERY_MS;
    for (const [id, { expiresAtMs }] of this.spent) if (expiresAtMs <= now) this.spent.delete(id);
  }

  async destroy(id: string): Promise<void> {
    this.spent.delete(id);
  }

  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}
