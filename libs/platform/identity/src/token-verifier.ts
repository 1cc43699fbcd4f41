import { Refusal } from '@mcr/event-kit';
import { type JSONWebKeySet, type JWTVerifyGetKey, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { keysAt, keysInProcess, keysOfIssuer } from './issuer-keys.ts';
import { AUDIENCE, type Principal, anonymous, principalOf } from './principal.ts';
import { rememberTokenOf } from './token-of.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Whose tokens are believed. The algorithms are fixed here: neither a token nor the issuer's metadata chooses. */
export interface Trust {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  readonly algorithms: readonly string[];
  readonly now?: () => Date;
}

const LARGEST_TOKEN = 8 * 1024;
const CLOCK_SKEW_SECONDS = 10;
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** A thumbprint may name a key of ours; everything that brings a key, an address or a demand along is refused. */
const HEADER_PARAMETERS = new Set(['alg', 'typ', 'kid', 'x5t', 'x5t#S256']);

const refused = (detail: string): Refusal => new Refusal('UNAUTHENTICATED', detail);

/** Checks JWT access tokens (RFC 9068) and says who is calling. */
export class TokenVerifier {
  private readonly verified = new VerifiedTokens();

  constructor(private readonly trust: Trust) {}

  /** For the sign-in inside this process, which signs with ES256 only. */
  static ofSignInHere(signIn: { issuer: string; jwks: JSONWebKeySet }): TokenVerifier {
    return new TokenVerifier({ issuer: signIn.issuer, keys: keysInProcess(signIn.jwks), algorithms: ['ES256'] });
  }

  /** For the same sign-in, which another process of the registry has: its keys are fetched from inside, its name is the public one. */
  static ofSignInAt({ issuer, url, onFailure }: { issuer: string; url: string; onFailure?: (failure: unknown) => void }): TokenVerifier {
    return new TokenVerifier({ issuer, keys: keysAt(new URL(`${url}/oidc/jwks`), onFailure), algorithms: ['ES256'] });
  }

  /** For an issuer elsewhere. RS256 is what Keycloak and Entra ID sign with unless told otherwise. */
  static ofIssuer(issuer: string, onFailure?: (failure: unknown) => void): TokenVerifier {
    return new TokenVerifier({ issuer, keys: keysOfIssuer(issuer, onFailure), algorithms: ['ES256', 'EdDSA', 'RS256'] });
  }

  /** Without a header the caller is `anonymous`; every header that is not a good bearer token is UNAUTHENTICATED. */
  async verify(authorizationHeader: string | undefined): Promise<Principal> {
    if (authorizationHeader === undefined) return anonymous;
    const token = bearerToken(authorizationHeader);
    const now = this.trust.now?.() ?? new Date();
    return this.verified.find(token, now) ?? (await this.check(token, now));
  }

  private async check(token: string, now: Date): Promise<Principal> {
    try {
      checkHeader(token);
      const { payload } = await jwtVerify(token, this.trust.keys, {
        algorithms: [...this.trust.algorithms],
        typ: 'at+jwt',
        issuer: this.trust.issuer,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'client_id', 'iat', 'exp', 'jti'],
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: now,
      });
      if (payload.iat! > now.getTime() / 1000 + CLOCK_SKEW_SECONDS) throw refused('The access token was issued in the future.');
      const principal = principalOf(payload);
      rememberTokenOf(principal, token);
      this.verified.remember(token, principal, payload.exp! * 1000, now);
      return principal;
    } catch (thrown) {
      throw thrown instanceof Refusal ? thrown : refused(reasonOf(thrown));
    }
  }
}

function bearerToken(header: string): string {
  const token = /^bearer +(\S+) *$/i.exec(header)?.[1];
  if (token === undefined) throw refused('Expected "Authorization: Bearer" and an access token.');
  if (token.length > LARGEST_TOKEN) throw refused(`The access token is larger than ${LARGEST_TOKEN} bytes.`);
  if (!COMPACT_JWS.test(token)) throw refused('The access token is not a signed JWT.');
  // Base64url has unused bits: several spellings of one signature would all verify.
  const signature = token.slice(token.lastIndexOf('.') + 1);
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) throw refused('The access token is not a signed JWT.');
  return token;
}

function checkHeader(token: string): void {
  const foreign = Object.keys(decodeProtectedHeader(token)).some((name) => !HEADER_PARAMETERS.has(name));
  if (foreign) throw refused('The header of the access token has a parameter that is not accepted here.');
}

/** Says what is wrong with the token in words of its own, so that nothing of a hostile token is sent back. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof errors.JWTExpired) return 'The access token has expired: ask for a new one.';
  if (thrown instanceof errors.JWTClaimValidationFailed) return reasonOfClaim(thrown);
  if (thrown instanceof errors.JOSEAlgNotAllowed) return 'The access token is signed with an algorithm that is not accepted here.';
  if (thrown instanceof errors.JWSSignatureVerificationFailed || thrown instanceof errors.JWKSNoMatchingKey)
    return 'The access token was not signed by the sign-in of this registry.';
  return 'The access token is not a signed JWT.';
}

function reasonOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The access token lacks the claim "${claim}".`;
  if (claim === 'aud') return `The access token is not for this registry: its audience must be ${AUDIENCE}.`;
  if (claim === 'iss') return 'The access token was not issued by the sign-in of this registry.';
  if (claim === 'typ') return 'This is not an access token: its type must be at+jwt.';
  if (claim === 'nbf') return 'The access token is not valid yet.';
  return `The claim "${claim}" of the access token is not usable.`;
}
