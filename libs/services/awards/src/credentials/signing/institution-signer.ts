import { Injectable } from '@nestjs/common';
import { MAX_SIGNATURES, SignForInstitutions } from '@mcr/contracts';
import { serviceItself } from '@mcr/identity';
import { Operations } from '@mcr/runtime';

const awards = serviceItself('awards');

/** Something to be signed with the key of that id. */
export interface ToSign {
  readonly kid: string;
  readonly bytes: Uint8Array;
}

/** Has bytes signed by the service that keeps the keys of institutions. */
@Injectable()
export class InstitutionSigner {
  constructor(private readonly operations: Operations) {}

  /** In the order given; null for a key that may not sign (any more). @throws Refusal UNAVAILABLE while that service is away. */
  async sign(toSign: readonly ToSign[]): Promise<(Uint8Array | null)[]> {
    const signed: (Uint8Array | null)[] = [];
    for (let start = 0; start < toSign.length; start += MAX_SIGNATURES) {
      const payloads = toSign.slice(start, start + MAX_SIGNATURES).map(({ kid, bytes }) => ({ kid, payload: Buffer.from(bytes).toString('base64url') }));
      const { signatures } = await this.operations.call(SignForInstitutions, { payloads }, awards);
      signed.push(...signatures.map((signature) => (signature === null ? null : Buffer.from(signature, 'base64url'))));
    }
    return signed;
  }
}
