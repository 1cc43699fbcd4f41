import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal, StrictJsonError, parseStrictJson } from '@mcr/event-kit';

/** Above every limit that a face states itself, so that the face can refuse with its own words. */
export const BODY_LIMIT = 9 * 1024 * 1024;

const isJson = (contentType: string | undefined): boolean => /^application\/(json|[^;]+\+json)\s*(;|$)/i.test(contentType ?? '');

/** Events are taken as bytes: their own face says what a CloudEvent is. */
const takesBytes = (request: FastifyRequest): boolean => request.url.split('?', 1)[0] === '/events';

/** What is packed is not unpacked here: it would be read as something broken, and might become gigabytes. */
function mustBeUnpacked({ headers }: FastifyRequest): void {
  const coding = headers['content-encoding']?.trim() ?? '';
  if (coding !== '' && coding.toLowerCase() !== 'identity')
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Bodies with a content encoding are not taken: send it as it is, without "Content-Encoding".');
}

function parse(request: FastifyRequest, body: Buffer): unknown {
  mustBeUnpacked(request);
  if (takesBytes(request) || !isJson(request.headers['content-type'])) return body;
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  return parseStrictJson(text);
}

function refusalFor(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal('MALFORMED_JSON', error instanceof StrictJsonError ? error.message : 'The body is not UTF-8 text.');
}

/** One parser for every content type. JSON is read strictly; everything else, and all of POST /events, stays bytes. */
export function useBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (request, body, done) => {
    try {
      done(null, parse(request, body as Buffer));
    } catch (error) {
      done(refusalFor(error));
    }
  });
}
