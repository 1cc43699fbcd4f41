import { createHash } from 'node:crypto';
import type { JsonObject } from '../credential.ts';
import { refuse } from '../faults.ts';
import { bundledContexts, type BundledContext } from './bundled.ts';
import { NamedParts } from './named-parts.ts';

/** What JSON-LD processors ask for; `static` lets them keep what they made of it. */
export interface LoadedDocument {
  readonly contextUrl: null;
  readonly documentUrl: string;
  readonly document: JsonObject;
  readonly tag: 'static';
}

const isAsPublished = ({ text, sha256 }: BundledContext): boolean => createHash('sha256').update(text).digest('hex') === sha256;

/**
 * Loads contexts from `bundled` and from nowhere else. Anything else is refused with CONTEXT_UNKNOWN, and bytes that do
 * not have their digest with CONTEXT_ALTERED; each context is checked once.
 */
export function contextLoader(bundled: ReadonlyMap<string, BundledContext> = bundledContexts): (url: string) => Promise<LoadedDocument> {
  const loaded = new Map<string, LoadedDocument>();
  const parts = new NamedParts();
  const published = (url: string): JsonObject => {
    const context = bundled.get(url) ?? refuse('CONTEXT_UNKNOWN', '/@context');
    if (!isAsPublished(context)) refuse('CONTEXT_ALTERED', '/@context');
    return parts.take(JSON.parse(context.text) as JsonObject);
  };
  return async (url) => {
    const known = loaded.get(url);
    if (known) return known;
    const document: LoadedDocument = { contextUrl: null, documentUrl: url, document: parts.get(url) ?? published(url), tag: 'static' };
    loaded.set(url, document);
    return document;
  };
}

/** The one loader of this library. */
export const loadContext = contextLoader();
