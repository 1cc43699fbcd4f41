import { Controller, Get, Header } from '@nestjs/common';
import type { LearnerEncryptionKeys } from '@mcr/contracts';
import { LearnerKeys } from '../kafka/learner-keys.ts';

/** The public key to which institutions encrypt learners on Kafka, as a JWK set (RFC 7517). For everybody. */
@Controller('awards/encryption-keys')
export class EncryptionKeysController {
  constructor(private readonly keys: LearnerKeys) {}

  @Get()
  @Header('content-type', 'application/jwk-set+json')
  @Header('cache-control', 'public, max-age=300')
  read(): Promise<LearnerEncryptionKeys> {
    return this.keys.published();
  }
}
