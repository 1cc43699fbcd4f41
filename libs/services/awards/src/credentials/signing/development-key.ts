import { SigningKey, didKeyMethodOf, didKeyOf } from '@mcr/credentials';
import { Logger, Secrets, Settings } from '@mcr/runtime';

/**
 * The key with which the VC API issues for test suites on this machine, a `did:key`: it is no institution's, so nothing that it signs can pass for an
 * award. There is none unless the setting asks for it.
 */
export class DevelopmentKey {
  private constructor(readonly key: SigningKey | undefined) {}

  /** The same key at every start on the same data. Its DID is said aloud: who issues with it has to name it. */
  static async from(settings: Settings, secrets: Secrets, log: Logger): Promise<DevelopmentKey> {
    if (!settings.issuesForLoopback) return new DevelopmentKey(undefined);
    const key = SigningKey.ofSeed(await secrets.bytes('vc-api-development'));
    log.warn({ issuer: didKeyOf(key.publicKey) }, 'VC_API_ISSUING: POST /credentials/issue signs for every program on this machine');
    return new DevelopmentKey(key);
  }

  get did(): string | undefined {
    return this.key && didKeyOf(this.key.publicKey);
  }

  get verificationMethod(): string | undefined {
    return this.key && didKeyMethodOf(this.key.publicKey);
  }
}
