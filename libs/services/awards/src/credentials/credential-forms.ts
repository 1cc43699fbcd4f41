import { Injectable } from '@nestjs/common';
import { type SecuredCredential, badgePicture, bake, jwtWithSignature, looksLikeJwt, pngOfPicture, unsignedJwt } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { Clock } from '@mcr/runtime';
import { type IssuedCredential, delegatedKeyOf, keepJwt } from '../storage/verification-store.ts';
import { unsecured } from './unsecured.ts';
import { InstitutionSigner } from './signing/institution-signer.ts';

const PICTURES = ['image/png', 'image/svg+xml'] as const;
const JSON_FORMS = ['application/vc', 'application/json', 'application/ld+json'] as const;
const JWT = 'application/vc+jwt';
export type CredentialType = (typeof PICTURES)[number] | (typeof JSON_FORMS)[number] | typeof JWT;

/** The forms in which a credential is handed out. */
@Injectable()
export class CredentialForms {
  constructor(
    private readonly database: Database,
    private readonly signer: InstitutionSigner,
    private readonly clock: Clock,
  ) {}

  /** The first is the one for whoever does not mind. What an institution signed itself is handed out as it was signed, never in another form of ours. */
  typesOf({ signedBy, document }: IssuedCredential): readonly CredentialType[] {
    if (signedBy === 'REGISTRY') return [...JSON_FORMS, JWT, ...PICTURES];
    return looksLikeJwt(document) ? [JWT, ...PICTURES] : [...JSON_FORMS, ...PICTURES];
  }

  /** As one of its types. */
  async as(type: CredentialType, issued: IssuedCredential): Promise<string | Buffer> {
    const { document } = issued;
    switch (type) {
      case 'image/png':
        return Buffer.from(bake(await pngOfPicture(pictureOf(issued)), bakeable(document)));
      case 'image/svg+xml':
        return Buffer.from(bake(Buffer.from(pictureOf(issued)), bakeable(document)));
      case JWT:
        return looksLikeJwt(document) ? document : (issued.jwt ?? this.jwtOf(issued));
      default:
        return document;
    }
  }

  /** Signed at the first request, with the key of that day, and the same ever after. */
  private async jwtOf({ credentialId, institutionCode, issuer, document }: IssuedCredential): Promise<string> {
    const key = await delegatedKeyOf(this.database, institutionCode);
    const kid = key?.did === issuer ? key.kid : undefined;
    if (kid === undefined) throw noJwt();
    const unsigned = await unsignedJwt(unsecured(document), { kind: 'Ed25519', verificationMethod: kid, created: this.clock.now() });
    const [signature] = await this.signer.sign([{ kid, bytes: Buffer.from(unsigned.text, 'ascii') }]);
    if (!signature) throw noJwt();
    const jwt = jwtWithSignature(unsigned, signature);
    return keepJwt(this.database, credentialId, jwt);
  }
}

const noJwt = (): Refusal =>
  new Refusal(
    'ILLEGAL_STATE',
    'The registry has no key of this institution to sign with any more, so there is no JWT of this credential. Ask for application/vc.',
  );

const bakeable = (document: string): SecuredCredential | string => (looksLikeJwt(document) ? document : (JSON.parse(document) as SecuredCredential));

const pictureOf = ({ microCredentialName, institutionName }: IssuedCredential): string =>
  badgePicture({ microCredential: microCredentialName['en-CA'], institution: institutionName['en-CA'] });
