import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { type DidDocument, type IssuerKey, didDocument } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Instant, InstitutionCode, Refusal } from '@mcr/event-kit';
import { Clock, Settings } from '@mcr/runtime';
import { kidOf } from '../domain/issuer-key.ts';
import { didOf } from '../keys/did-of.ts';
import { keysOfCode } from '../storage/issuer-keys.ts';

/** All keys that an institution has or had in use, the oldest first. */
export interface KeyHistory {
  readonly did: string;
  readonly keys: readonly IssuerKey[];
}

/** The DID document of an institution (`did:web`): its keys as they are, or with `versionTime` as they were. For everybody. */
@Controller('institutions')
export class DidDocumentController {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  @Get(':code/did.json')
  @Header('content-type', 'application/did+ld+json')
  @Header('cache-control', 'public, max-age=60')
  @Header('access-control-allow-origin', '*')
  async read(@Param('code') code: string, @Query('versionTime') versionTime?: string): Promise<DidDocument> {
    const at = this.timeOf(versionTime);
    const { did, keys } = await this.historyOf(code);
    return didDocument(did, keys, at);
  }

  /** Every key with the instants between which it was good: what a DID document of one day does not say. For those who verify without asking. */
  @Get(':code/keys.json')
  @Header('cache-control', 'public, max-age=60')
  @Header('access-control-allow-origin', '*')
  history(@Param('code') code: string): Promise<KeyHistory> {
    return this.historyOf(code);
  }

  private async historyOf(code: string): Promise<KeyHistory> {
    const found = InstitutionCode.safeParse(code).success ? await keysOfCode(this.database, code) : undefined;
    if (!found) throw new Refusal('NOT_FOUND', 'There is no institution of this code that takes part in the registry.');
    const keys = found.map((key) => ({
      id: kidOf(key),
      publicKeyMultibase: key.publicKeyMultibase,
      activatedAt: key.activatedAt.toISOString(),
      ...(key.retiredAt && { retiredAt: key.retiredAt.toISOString() }),
      ...(key.compromisedAt && { compromisedAt: key.compromisedAt.toISOString() }),
    }));
    return { did: found[0]?.did ?? didOf(this.settings.publicUrl, code), keys };
  }

  /** A time to come is refused: what will be true then is not known. */
  private timeOf(versionTime: string | undefined): Date {
    const now = this.clock.now();
    if (versionTime === undefined) return now;
    const at = Instant.safeParse(versionTime).success ? new Date(versionTime) : undefined;
    if (at && at <= now) return at;
    const message = at ? 'versionTime lies in the future.' : 'versionTime is no instant.';
    throw new Refusal('INVALID_INPUT', message, {
      faults: [{ pointer: '/versionTime', code: 'INVALID_VALUE', message, hint: 'Such as 2026-09-01T00:00:00Z.' }],
    });
  }
}
