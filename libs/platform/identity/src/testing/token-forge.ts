import { createHmac, randomUUID } from 'node:crypto';
import { type CryptoKey, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import { AUDIENCE } from '../principal.ts';

export const ISSUER = 'http://127.0.0.1:3000/oidc';
export const NOW = new Date('2026-10-01T12:00:00Z');
export const NOW_SECONDS = NOW.getTime() / 1000;

const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Makes good tokens of an issuer, and every kind of bad one. */
export class TokenForge {
  private constructor(
    readonly signingKey: CryptoKey,
    readonly publicJwk: JWK,
    readonly publicPem: string,
  ) {}

  static async open(algorithm = 'ES256'): Promise<TokenForge> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    return new TokenForge(privateKey, { ...(await exportJWK(publicKey)), kid: 'signing-key', alg: algorithm, use: 'sig' }, await exportSPKI(publicKey));
  }

  get claims(): JWTPayload {
    return {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'dev-ministry-registrar',
      client_id: 'dev-ministry-registrar',
      jti: randomUUID(),
      iat: NOW_SECONDS - 5,
      exp: NOW_SECONDS + 600,
      roles: ['ministry-registrar'],
    };
  }

  get header(): JWTHeaderParameters {
    return { alg: 'ES256', typ: 'at+jwt', kid: 'signing-key' };
  }

  /** A good token but for the claims given here; `undefined` leaves one out. */
  sign(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}, key: CryptoKey = this.signingKey): Promise<string> {
    const payload = Object.fromEntries(Object.entries({ ...this.claims, ...claims }).filter(([, value]) => value !== undefined));
    return this.signBytes(encode({ ...this.header, ...header }), encode(payload), key);
  }

  /** Signs whatever stands there, also what a library would refuse to write. */
  async signBytes(header: string, payload: string, key: CryptoKey = this.signingKey): Promise<string> {
    const input = `${header}.${payload}`;
    const algorithm = key.algorithm.name === 'ECDSA' ? { name: 'ECDSA', hash: 'SHA-256' } : key.algorithm.name;
    return `${input}.${Buffer.from(await crypto.subtle.sign(algorithm, key, Buffer.from(input))).toString('base64url')}`;
  }

  unsigned(header: Record<string, unknown>, signature = '', claims: Record<string, unknown> = {}): string {
    return `${encode({ ...this.header, ...header })}.${encode({ ...this.claims, ...claims })}.${signature}`;
  }

  withHmac(secret: string | Buffer, algorithm: 'HS256' | 'HS384' | 'HS512'): string {
    const input = `${encode({ ...this.header, alg: algorithm })}.${encode(this.claims)}`;
    return `${input}.${createHmac(algorithm.replace('HS', 'sha'), secret).update(input).digest('base64url')}`;
  }

  /** Through the library itself, for algorithms of other keys. */
  async otherKey(algorithm: string): Promise<string> {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    return new SignJWT(this.claims).setProtectedHeader({ ...this.header, alg: algorithm }).sign(privateKey);
  }

  static encode = encode;
}
