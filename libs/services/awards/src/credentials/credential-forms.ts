import { Injectable } from '@nestjs/common';
import { type SecuredCredential, badgePicture, bake, jwtWithSignature, pngOfPicture, unsignedJwt } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { type IssuedCredential, keepJwt } from '../storage/verification-store.ts';
import { unsecured } from './unsecured.ts';
import { InstitutionSigner } from './signing/institution-signer.ts';

export const credentialTypes = ['application/vc', 'application/json', 'application/ld+json', 'application/vc+jwt', 'image/png', 'image/svg+xml'] as const;
export type CredentialType = (typeof credentialTypes)[number];

/** The forms in which a credential is handed out. */
@Injectable()
export class CredentialForms {
  constructor(
    private readonly database: Database,
    private readonly signer: InstitutionSigner,
  ) {}

  async as(type: CredentialType, issued: IssuedCredential): Promise<string | Buffer> {
    switch (type) {
      case 'application/vc+jwt':
        return issued.jwt ?? this.jwtOf(issued);
      case 'image/png':
        return Buffer.from(bake(await pngOfPicture(pictureOf(issued)), JSON.parse(issued.document) as SecuredCredential));
      case 'image/svg+xml':
        return Buffer.from(bake(Buffer.from(pictureOf(issued)), JSON.parse(issued.document) as SecuredCredential));
      default:
        return issued.document;
    }
  }

  /** Signed at the first request, and the same ever after. */
  private async jwtOf({ credentialId, kid, document }: IssuedCredential): Promise<string> {
    const unsigned = await unsignedJwt(unsecured(document), { kind: 'Ed25519', verificationMethod: kid });
    const [signature] = await this.signer.sign([{ kid, bytes: Buffer.from(unsigned.text, 'ascii') }]);
    if (!signature) throw new Refusal('ILLEGAL_STATE', 'The key of this credential signs no more, so there is no JWT of it. Ask for application/vc.');
    const jwt = jwtWithSignature(unsigned, signature);
    return keepJwt(this.database, credentialId, jwt);
  }
}

const pictureOf = ({ microCredentialName, institutionName }: IssuedCredential): string =>
  badgePicture({ microCredential: microCredentialName['en-CA'], institution: institutionName['en-CA'] });
