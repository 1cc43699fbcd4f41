import { type Element, XMLSerializer } from '@xmldom/xmldom';
import { refuse } from '../../faults.ts';
import { parseSvg } from './parse-svg.ts';
import { checkPassive } from './passive.ts';

const OPEN_BADGES = 'https://purl.imsglobal.org/ob/v3p0';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

const credentialsIn = (root: Element): Element[] => [...root.getElementsByTagNameNS(OPEN_BADGES, 'credential')];

/** JSON that can stand in CDATA: no text in it ends the section, looks like markup or is read otherwise in XML. Outside of its strings JSON has no such character. */
const inCdata = (json: string): string =>
  json.replace(/[<>\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * The picture with a credential in it, in place of one that was there: a JWT as the attribute `verify`, JSON as CDATA (Open Badges 3.0 §5.3.2).
 * A picture that acts when it is opened is refused.
 */
export function bakeIntoSvg(picture: Uint8Array, credential: string, isJwt: boolean): Uint8Array {
  const document = parseSvg(picture);
  checkPassive(document);
  const root = document.documentElement!;
  for (const earlier of credentialsIn(root)) earlier.parentNode!.removeChild(earlier);
  const element = document.createElementNS(OPEN_BADGES, 'openbadges:credential');
  if (isJwt) element.setAttribute('verify', credential);
  else element.appendChild(document.createCDATASection(inCdata(credential)));
  root.setAttributeNS(XMLNS, 'xmlns:openbadges', OPEN_BADGES);
  root.insertBefore(element, root.firstChild);
  return new TextEncoder().encode(new XMLSerializer().serializeToString(document));
}

/** What is baked into an SVG picture. Two credentials are refused: readers would choose differently. */
export function bakedIntoSvg(picture: Uint8Array): string {
  const [first, ...others] = credentialsIn(parseSvg(picture).documentElement!);
  if (!first) return refuse('PICTURE_WITHOUT_CREDENTIAL');
  const text = (first.textContent ?? '').trim();
  const jwt = first.getAttribute('verify')?.trim() ?? '';
  if (others.length > 0 || (jwt !== '' && text !== '')) refuse('PICTURE_AMBIGUOUS');
  return jwt || text || refuse('PICTURE_WITHOUT_CREDENTIAL');
}
