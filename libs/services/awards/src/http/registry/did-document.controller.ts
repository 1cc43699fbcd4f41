import { Controller, Get, Header } from '@nestjs/common';
import type { DidDocument } from '@mcr/credentials';
import { Clock } from '@mcr/runtime';
import { RegistryKey } from '../../credentials/signing/registry-key.ts';

/** The DID document of the registry itself, where `did:web` looks for it: at a bare host, or below the path of the public address. For everybody. */
@Controller()
export class RegistryDidController {
  constructor(
    private readonly key: RegistryKey,
    private readonly clock: Clock,
  ) {}

  @Get(['.well-known/did.json', 'did.json'])
  @Header('content-type', 'application/did+ld+json')
  @Header('cache-control', 'public, max-age=60')
  @Header('access-control-allow-origin', '*')
  read(): DidDocument {
    return this.key.document(this.clock.now());
  }
}
