import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { type DidDocument, didDocument } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Instant, InstitutionCode, Refusal } from '@mcr/event-kit';
import { Clock, Settings } from '@mcr/runtime';
import { kidOf } from '../domain/issuer-key.ts';
import { didOf } from '../keys/did-of.ts';
import { keysOfCode } from '../storage/issuer-keys.ts';

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
    const found = InstitutionCode.safeParse(code).success ? await keysOfCode(this.database, code) : undefined;
    if (!found) throw new Refusal('NOT_FOUND', 'There is no institution of this code that takes part in the registry.');
    const keys = found.map((key) => ({
      id: kidOf(key),
      publicKeyMultibase: key.publicKeyMultibase,
      activatedAt: key.activatedAt.toISOString(),
      ...(key.retiredAt && { retiredAt: key.retiredAt.toISOString() }),
      ...(key.compromisedAt && { compromisedAt: key.compromisedAt.toISOString() }),
    }));
    return didDocument(found[0]?.did ?? didOf(this.settings.publicUrl, code), keys, at);
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
