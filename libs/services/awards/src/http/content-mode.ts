import type { IncomingHttpHeaders } from 'node:http';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';

/** How a request carries events: the content modes of the CloudEvents HTTP binding. */
export type ContentMode = { readonly mode: 'structured' | 'batch' } | { readonly mode: 'binary'; readonly attributes: Readonly<Record<string, string>> };

const PREFIX = 'ce-';

/** @throws Refusal UNSUPPORTED_MEDIA_TYPE when the body is not JSON in UTF-8, or no event at all. */
export function contentModeOf(headers: IncomingHttpHeaders): ContentMode {
  const [, mediaType = '', parameters = ''] = /^\s*([^;\s]*)\s*(.*)$/s.exec((headers['content-type'] ?? '').toLowerCase()) ?? [];
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/.exec(parameters)?.[1] ?? 'utf-8';
  if (charset === 'utf-8') {
    if (mediaType === CLOUDEVENT) return { mode: 'structured' };
    if (mediaType === CLOUDEVENTS_BATCH) return { mode: 'batch' };
    const attributes = attributesIn(headers);
    const isJson = mediaType === 'application/json' || /^application\/[^/]+\+json$/.test(mediaType);
    if (isJson && Object.keys(attributes).length > 0) return { mode: 'binary', attributes };
  }
  throw new Refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    `Send ${CLOUDEVENT}, ${CLOUDEVENTS_BATCH}, or application/json with the attributes in ce- headers; all in UTF-8.`,
  );
}

function attributesIn(headers: IncomingHttpHeaders): Record<string, string> {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && typeof value === 'string' ? [[name.slice(PREFIX.length), decoded(value)] as const] : [],
  );
  return Object.fromEntries(attributes);
}

/** CloudEvents HTTP binding 3.1.3.2: a quoted string is unquoted, then one round of percent-decoding as UTF-8. What is no UTF-8 becomes U+FFFD. */
function decoded(value: string): string {
  const plain = /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;
  return plain.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) => Buffer.from(escaped.replaceAll('%', ''), 'hex').toString('utf8'));
}
