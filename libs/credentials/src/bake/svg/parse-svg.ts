import { DOMParser, type Document, onErrorStopParsing } from '@xmldom/xmldom';
import { refuse } from '../../faults.ts';

const SVG = 'http://www.w3.org/2000/svg';
const LARGEST_FILE = 2 * 1024 * 1024;
// The work of parsing grows with the square of the depth; no drawing of a badge comes near.
const MOST_TAGS = 4_000;
const MOST_REFERENCES = 20_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(file: Uint8Array): string {
  if (file.length > LARGEST_FILE) refuse('TOO_LARGE');
  try {
    return utf8.decode(file);
  } catch {
    return refuse('NOT_UTF8');
  }
}

const countOf = (text: string, character: string): number => text.split(character).length - 1;

/** Whether a file can be meant as SVG: an element of that name stands near its beginning. */
export const looksLikeSvg = (file: Uint8Array): boolean => /<(?:[\w.-]+:)?svg[\s/>]/.test(Buffer.from(file.subarray(0, 4096)).toString('latin1'));

/**
 * An SVG picture as a document. A document type may be named, but brings nothing along: no entities, no defaults, no file from elsewhere.
 * @throws CredentialRefusal
 */
export function parseSvg(file: Uint8Array): Document {
  const text = textOf(file);
  if (countOf(text, '<') > MOST_TAGS || countOf(text, '&') > MOST_REFERENCES) refuse('PICTURE_UNSAFE');
  if (/<!ENTITY|<!DOCTYPE[^>[]{0,1000}\[/i.test(text)) refuse('PICTURE_UNSAFE');
  const document = parsed(text);
  const root = document.documentElement;
  if (root?.localName !== 'svg' || root.namespaceURI !== SVG) refuse('PICTURE_UNSUPPORTED');
  if (document.doctype?.internalSubset) refuse('PICTURE_UNSAFE');
  return document;
}

function parsed(text: string): Document {
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'application/xml');
  } catch {
    return refuse('PICTURE_DAMAGED', '', 'The SVG file is not well-formed XML.');
  }
}
