import { exportJWK, generateKeyPair } from 'jose';
import { AUDIENCE } from '../principal.ts';
import { ISSUER, NOW_SECONDS, TokenForge } from './token-forge.ts';

type Forgery = (forge: TokenForge) => string | Promise<string>;
const { encode } = TokenForge;
const thief = async () => (await generateKeyPair('ES256', { extractable: true })).privateKey;
const parts = async (forge: TokenForge): Promise<[string, string, string]> => (await forge.sign()).split('.') as [string, string, string];
const withClaims =
  (claims: Record<string, unknown>): Forgery =>
  (forge) =>
    forge.sign(claims);
const withHeader =
  (header: Record<string, unknown>): Forgery =>
  (forge) =>
    forge.sign({}, header);

/** Tokens that nobody may get in with, by what is wrong with them. */
export const forgedTokens: Record<string, Forgery> = {
  // Signature
  'no algorithm, no signature': (forge) => forge.unsigned({ alg: 'none' }),
  'no algorithm in capitals': (forge) => forge.unsigned({ alg: 'NONE' }),
  'no algorithm, with a signature': (forge) => forge.unsigned({ alg: 'none' }, 'c2lnbmF0dXJl'),
  'an empty signature': (forge) => forge.unsigned({}),
  'a signature of zeros': (forge) => forge.unsigned({}, Buffer.alloc(64).toString('base64url')),
  'HS256 with the public key as PEM': (forge) => forge.withHmac(forge.publicPem, 'HS256'),
  'HS384 with the public key as PEM': (forge) => forge.withHmac(forge.publicPem, 'HS384'),
  'HS512 with the public key as PEM': (forge) => forge.withHmac(forge.publicPem, 'HS512'),
  'HS256 with the public key as JWK': (forge) => forge.withHmac(JSON.stringify(forge.publicJwk), 'HS256'),
  'HS256 with the coordinate of the public key': (forge) => forge.withHmac(Buffer.from(forge.publicJwk.x!, 'base64url'), 'HS256'),
  'HS256 with an empty secret': (forge) => forge.withHmac('', 'HS256'),
  'another key with the known key id': async (forge) => forge.sign({}, {}, await thief()),
  'another key without a key id': async (forge) => forge.sign({}, { kid: undefined }, await thief()),
  'an unknown key id': withHeader({ kid: 'another-key' }),
  'a key id that is a path': withHeader({ kid: '../../../../dev/null' }),
  'a key id that is SQL': withHeader({ kid: "' OR 1=1 --" }),
  'a key id that is not a text': withHeader({ kid: ['signing-key'] }),
  'RS256 by another key': (forge) => forge.otherKey('RS256'),
  'PS256 by another key': (forge) => forge.otherKey('PS256'),
  'ES384 by another key': (forge) => forge.otherKey('ES384'),
  'EdDSA by another key': (forge) => forge.otherKey('EdDSA'),
  'the right key under the name of another algorithm': withHeader({ alg: 'ES384' }),
  'an algorithm in small letters': withHeader({ alg: 'es256' }),
  'an algorithm that is a list': withHeader({ alg: ['ES256'] }),
  'no algorithm named': withHeader({ alg: undefined }),
  'the payload of another token': async (forge) => {
    const [header, , signature] = await parts(forge);
    return `${header}.${encode({ ...forge.claims, roles: ['admin'] })}.${signature}`;
  },
  'the header of another token': async (forge) => {
    const [, payload, signature] = await parts(forge);
    return `${encode({ ...forge.header, kid: 'signing-key', typ: 'JWT' })}.${payload}.${signature}`;
  },
  'a signature in DER': async (forge) => {
    const [header, payload, signature] = await parts(forge);
    const raw = Buffer.from(signature, 'base64url');
    const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([2, 33, 0]), bytes]);
    const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
    return `${header}.${payload}.${Buffer.concat([Buffer.from([0x30, body.length]), body]).toString('base64url')}`;
  },
  'a longer signature': async (forge) => `${await forge.sign()}AAAA`,
  'two signatures': async (forge) => `${await forge.sign()}.${(await parts(forge))[2]}`,
  'two tokens': async (forge) => `${await forge.sign()},${await forge.sign()}`,

  // Header
  'a critical extension': withHeader({ crit: ['exp'], exp: NOW_SECONDS + 600 }),
  'an unknown critical extension': withHeader({ crit: ['urn:example:must-understand'], 'urn:example:must-understand': true }),
  'an empty list of critical extensions': withHeader({ crit: [] }),
  'the b64 extension': withHeader({ crit: ['b64'], b64: true }),
  'an unencoded payload': withHeader({ crit: ['b64'], b64: false }),
  'an embedded key that signs': async (forge) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    return forge.sign({}, { jwk: await exportJWK(publicKey), kid: undefined }, privateKey);
  },
  'an embedded key, although the known one signs': async (forge) => forge.sign({}, { jwk: forge.publicJwk }),
  'an address of keys': withHeader({ jku: 'https://keys.example/jwks.json' }),
  'an address of keys at the issuer': withHeader({ jku: `${ISSUER}/jwks` }),
  'an address of certificates': withHeader({ x5u: 'https://keys.example/chain.pem' }),
  'an embedded certificate': withHeader({ x5c: ['MIIB'] }),
  compression: withHeader({ zip: 'DEF' }),
  'a member named __proto__': async (forge) =>
    forge.signBytes(encode('{"alg":"ES256","typ":"at+jwt","kid":"signing-key","__proto__":{}}'), encode(forge.claims)),
  'the type of an ID token': withHeader({ typ: 'JWT' }),
  'the type of a logout token': withHeader({ typ: 'logout+jwt' }),
  'no type': withHeader({ typ: undefined }),
  'a type that is not a text': withHeader({ typ: ['at+jwt'] }),

  // Claims
  'no issuer': withClaims({ iss: undefined }),
  'another issuer': withClaims({ iss: 'https://sign-in.example/oidc' }),
  'the issuer with a slash': withClaims({ iss: `${ISSUER}/` }),
  'a list of issuers': withClaims({ iss: [ISSUER] }),
  'no audience': withClaims({ aud: undefined }),
  'another audience': withClaims({ aud: 'urn:bc:another:registry' }),
  'an audience that begins like ours': withClaims({ aud: `${AUDIENCE}:extra` }),
  'a list of other audiences': withClaims({ aud: ['urn:a', 'urn:b'] }),
  'an empty list of audiences': withClaims({ aud: [] }),
  'an audience that is an object': withClaims({ aud: { 0: AUDIENCE } }),
  expired: withClaims({ iat: NOW_SECONDS - 700, exp: NOW_SECONDS - 60 }),
  'expired just beyond the clock skew': withClaims({ iat: NOW_SECONDS - 700, exp: NOW_SECONDS - 10 }),
  'no end': withClaims({ exp: undefined }),
  'an end that is a text': withClaims({ exp: '2099-01-01' }),
  'an end that is null': withClaims({ exp: null }),
  'not valid yet': withClaims({ nbf: NOW_SECONDS + 60 }),
  'not valid yet, as a text': withClaims({ nbf: 'tomorrow' }),
  'issued in the future': withClaims({ iat: NOW_SECONDS + 60, exp: NOW_SECONDS + 660 }),
  'issued far in the future': withClaims({ iat: NOW_SECONDS + 10 ** 9, exp: NOW_SECONDS + 2 * 10 ** 9 }),
  'no time of issue': withClaims({ iat: undefined }),
  'a time of issue that is a text': withClaims({ iat: 'now' }),
  'no subject': withClaims({ sub: undefined }),
  'an empty subject': withClaims({ sub: '' }),
  'a list of subjects': withClaims({ sub: ['dev-ministry-registrar', 'dev-admin'] }),
  'a subject that is a number': withClaims({ sub: 1 }),
  'no client': withClaims({ client_id: undefined }),
  'an empty client': withClaims({ client_id: '' }),
  'a list of clients': withClaims({ client_id: ['bcit-publisher'] }),
  'no token id': withClaims({ jti: undefined }),
  'a token id that is null': withClaims({ jti: null }),
  'roles that are a text': withClaims({ roles: 'admin' }),
  'roles that are an object': withClaims({ roles: { admin: true } }),
  'an institution that is no code': withClaims({ roles: ['institution'], institution: "BCIT' OR 1=1" }),
  'a list of institutions': withClaims({ roles: ['institution'], institution: ['BCIT', 'UBC'] }),
  'scopes that are a list': withClaims({ scope: ['award:publish'] }),
  'bound to the key of its holder': withClaims({ cnf: { jkt: 'thumbprint' } }),

  // Form
  'larger than 8 KiB': withClaims({ filler: 'x'.repeat(8 * 1024) }),
  'a megabyte': (forge) => forge.unsigned({}, 'A'.repeat(1_000_000)),
  'cut off': async (forge) => (await forge.sign()).slice(0, -10),
  'cut off in the payload': async (forge) => (await forge.sign()).slice(0, 120),
  'two parts': async (forge) => (await parts(forge)).slice(0, 2).join('.'),
  'five parts, as an encrypted token has': async (forge) => `${await forge.sign()}.AAAA.AAAA`,
  'an empty payload': async (forge) => forge.signBytes(encode(forge.header), ''),
  'a payload that is a list': async (forge) => forge.signBytes(encode(forge.header), encode([forge.claims])),
  'a payload that is a text': async (forge) => forge.signBytes(encode(forge.header), encode('"admin"')),
  'a payload that is not JSON': async (forge) => forge.signBytes(encode(forge.header), encode('{roles:admin}')),
  'a header that is not JSON': async (forge) => forge.signBytes(encode('{alg:ES256}'), encode(forge.claims)),
  'a header that is null': async (forge) => forge.signBytes(encode('null'), encode(forge.claims)),
  padding: async (forge) => `${await forge.sign()}==`,
  'plain base64': async (forge) => (await parts(forge)).map((part) => `${part}+/`).join('.'),
  'a space inside': async (forge) => (await parts(forge)).join('. '),
  'letters that only look like it': async (forge) => (await forge.sign()).replace('e', 'е'),
  'JSON serialisation': async (forge) => {
    const [header, payload, signature] = await parts(forge);
    return JSON.stringify({ protected: header, payload, signature });
  },
};
