import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal, StrictJsonError, parseStrictJson } from '@mcr/event-kit';

/** Above every limit that a face states itself, so that the face can refuse with its own words. */
export const BODY_LIMIT = 9 * 1024 * 1024;

const isJson = (contentType: string | undefined): boolean => /^application\/(json|[^;]+\+json)\s*(;|$)/i.test(contentType ?? '');

/** Events are taken as bytes: their own face says what a CloudEvent is. */
const takesBytes = (request: FastifyRequest): boolean => request.url.split('?', 1)[0] === '/events';

function parse(request: FastifyRequest, body: Buffer): unknown {
  if (takesBytes(request) || !isJson(request.headers['content-type'])) return body;
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  return parseStrictJson(text);
}

const refusalFor = (error: unknown): Refusal => new Refusal('MALFORMED_JSON', error instanceof StrictJsonError ? error.message : 'The body is not UTF-8 text.');

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
