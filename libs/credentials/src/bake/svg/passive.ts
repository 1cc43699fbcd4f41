import type { Attr, Document, Element } from '@xmldom/xmldom';
import { refuse } from '../../faults.ts';

const ACTIVE = new Set(['script', 'foreignobject', 'iframe', 'embed', 'object', 'handler', 'listener']);

const nameOf = ({ localName }: { readonly localName: string | null }): string => (localName ?? '').toLowerCase();

/** Whether a style, or an attribute that may hold one, brings something from elsewhere. */
const bringsAlong = (style: string): boolean => /@import|url\((?!\s*["']?(?:#|data:image\/))/i.test(style);

/** A link is followed by whoever clicks on it; everything else that refers to elsewhere is fetched by being looked at. */
function isActiveAttribute(attribute: Attr, element: Element): boolean {
  const [name, value] = [nameOf(attribute), attribute.value.trim()];
  if (name.startsWith('on') || bringsAlong(value)) return true;
  if (/^(?:to|from|values|by)$/.test(name)) return /script\s*:/i.test(value);
  if (name !== 'href' && name !== 'src') return false;
  return nameOf(element) === 'a' ? !/^(?:https?:|#|mailto:)/i.test(value) : !/^(?:#|data:image\/(?!svg))/i.test(value);
}

const isActive = (element: Element): boolean =>
  ACTIVE.has(nameOf(element)) ||
  (nameOf(element) === 'style' && bringsAlong(element.textContent ?? '')) ||
  [...element.attributes].some((attribute) => isActiveAttribute(attribute, element));

/** Refuses a drawing that does something by itself when it is opened: run a script, or fetch from elsewhere and so tell who looks at it. */
export function checkPassive(document: Document): void {
  const isInstruction = (node: { nodeType: number; nodeName: string }): boolean => node.nodeType === 7 && node.nodeName !== 'xml';
  if ([...document.childNodes].some(isInstruction) || [...document.getElementsByTagName('*')].some(isActive)) refuse('PICTURE_UNSAFE');
}
