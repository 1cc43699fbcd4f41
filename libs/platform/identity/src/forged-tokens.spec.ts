import { beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '@mcr/event-kit';
import { forgedTokens } from './testing/forged-tokens.ts';
import { ISSUER, NOW, TokenForge } from './testing/token-forge.ts';
import { TokenVerifier } from './token-verifier.ts';
import { keysInProcess } from './issuer-keys.ts';

describe('A forged token', () => {
  let forge: TokenForge;
  const verifiers: Record<string, TokenVerifier> = {};

  beforeAll(async () => {
    forge = await TokenForge.open();
    const trust = { issuer: ISSUER, keys: keysInProcess({ keys: [forge.publicJwk] }), now: () => NOW };
    verifiers['of the sign-in here'] = new TokenVerifier({ ...trust, algorithms: ['ES256'] });
    verifiers['of an issuer elsewhere'] = new TokenVerifier({ ...trust, algorithms: ['ES256', 'EdDSA', 'RS256'] });
  });

  it('is made in at least sixty ways', () => expect(Object.keys(forgedTokens).length).toBeGreaterThanOrEqual(60));

  it.each(Object.keys(forgedTokens))('is refused: %s', async (name) => {
    const token = await forgedTokens[name]!(forge);
    for (const [which, verifier] of Object.entries(verifiers)) {
      // The genuine one goes in beside it, so that the refusal is the forgery's and not the verifier's.
      expect(await verifier.verify(`Bearer ${await forge.sign()}`)).toMatchObject({ roles: ['ministry-registrar'] });
      const answer = await verifier.verify(`Bearer ${token}`).catch((thrown: unknown) => thrown);
      expect(answer).toBeInstanceOf(Refusal);
      expect({ which, code: (answer as Refusal).code }).toEqual({ which, code: 'UNAUTHENTICATED' });
      expect((answer as Refusal).message).not.toContain(token.slice(0, 40));
    }
  });

  it('is refused whichever single character was changed', async () => {
    const token = await forge.sign();
    for (let at = 0; at < token.length; at += 1) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      await expect(verifiers['of the sign-in here']!.verify(`Bearer ${changed}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('is refused when it only spells the signature differently', async () => {
    const token = await forge.sign();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1)!);
    const respelled = token.slice(0, -1) + alphabet[last + 1]!;
    expect(Buffer.from(respelled.split('.')[2]!, 'base64url')).toEqual(Buffer.from(token.split('.')[2]!, 'base64url'));
    await expect(verifiers['of the sign-in here']!.verify(`Bearer ${respelled}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
