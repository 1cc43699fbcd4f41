import type { SecuredCredential } from '../credential.ts';
import { refuse } from '../faults.ts';
import { bakeIntoPng, bakedIntoPng } from './png/bake-png.ts';
import { isPng } from './png/chunks.ts';
import { bakeIntoSvg, bakedIntoSvg } from './svg/bake-svg.ts';
import { looksLikeSvg } from './svg/parse-svg.ts';

const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Bakes a secured credential, with its proof inside or as a JWT, into a PNG or SVG picture (Open Badges 3.0 §5.3). One that was there is replaced.
 * @throws CredentialRefusal when the picture is damaged, too large, or acts by itself.
 */
export function bake(picture: Uint8Array, credential: SecuredCredential | string): Uint8Array {
  const isJwt = typeof credential === 'string';
  if (isJwt && !COMPACT_JWS.test(credential)) return refuse('JWT_INVALID');
  const text = isJwt ? credential : JSON.stringify(credential);
  if (isPng(picture)) return bakeIntoPng(picture, text);
  if (looksLikeSvg(picture)) return bakeIntoSvg(picture, text, isJwt);
  return refuse('PICTURE_UNSUPPORTED');
}

/**
 * The text that is baked into a PNG or SVG picture: JSON, or a JWT. Nothing is known of it yet: it is still to be parsed strictly and verified.
 * @throws CredentialRefusal when there is none, more than one, or the picture is damaged or hostile.
 */
export function readBaked(picture: Uint8Array): string {
  if (isPng(picture)) return bakedIntoPng(picture);
  if (looksLikeSvg(picture)) return bakedIntoSvg(picture);
  return refuse('PICTURE_UNSUPPORTED');
}
