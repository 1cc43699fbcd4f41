import type { Document, Element } from '@xmldom/xmldom';
import { refuse } from '../../faults.ts';

const ACTIVE = new Set(['script', 'foreignobject', 'iframe', 'embed', 'object', 'handler', 'listener']);

const isActive = (element: Element): boolean =>
  ACTIVE.has((element.localName ?? '').toLowerCase()) ||
  [...element.attributes].some(
    ({ localName, value }) =>
      /^on/i.test(localName ?? '') || (/^(?:href|src|to|from|values)$/i.test(localName ?? '') && /^\s*(?:javascript|vbscript|data\s*:\s*text)/i.test(value)),
  );

/** Refuses a drawing that does something by itself when it is opened. */
export function checkPassive(document: Document): void {
  const isInstruction = (node: { nodeType: number; nodeName: string }): boolean => node.nodeType === 7 && node.nodeName !== 'xml';
  if ([...document.childNodes].some(isInstruction) || [...document.getElementsByTagName('*')].some(isActive)) refuse('PICTURE_UNSAFE');
}
