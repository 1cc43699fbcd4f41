import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json, JsonObject } from '../credential.ts';
import { isObject } from '../json.ts';

/** Of this process alone, so that no document can name a part: to whoever presents one it is an unknown context. */
const PREFIX = `urn:uuid:${randomUUID()}:`;

/**
 * Gives the contexts that stand inside of a context names, and puts the names in their places: what a term brings with it may stand there itself or be
 * the address of it (JSON-LD 1.1 §4.1.8). A processor copies every term again and again, and would copy all that is inside of it too, which is half
 * of the time of reading a credential. Equal parts have equal names, so that a term that is defined twice alike still is.
 */
export class NamedParts {
  readonly #parts = new Map<string, JsonObject>();

  /** The part of that name. */
  get(name: string): JsonObject | undefined {
    return this.#parts.get(name);
  }

  /** The document with names for parts, of which it remembers what they stand for. */
  take(document: JsonObject): JsonObject {
    return { ...document, '@context': this.#withNames(document['@context']!) };
  }

  #withNames(context: Json): Json {
    if (Array.isArray(context)) return (context as readonly Json[]).map((each) => this.#withNames(each));
    if (!isObject(context)) return context;
    return Object.fromEntries(Object.entries(context).map(([term, definition]) => [term, this.#named(definition!)]));
  }

  #named(definition: Json): Json {
    if (!isObject(definition) || !isObject(definition['@context'])) return definition;
    const part = this.#withNames(definition['@context']) as JsonObject;
    const name = PREFIX + createHash('sha256').update(canonicalize(part)!).digest('hex');
    this.#parts.set(name, { '@context': part });
    return { ...definition, '@context': name };
  }
}
