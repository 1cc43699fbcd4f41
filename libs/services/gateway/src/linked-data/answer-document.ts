import { createHash } from 'node:crypto';
import type { JsonObject } from '@mcr/credentials';
import { Refusal } from '@mcr/event-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

const LINKED = 'application/ld+json';
const PLAIN = 'application/json';
/** A page for people is not there yet; JSON is what their browsers show best. */
const types = [LINKED, PLAIN, 'text/html'];
const MAX_AGE_S = 60;

function typeFor(accept: string | undefined): string {
  const wanted = new Negotiator({ headers: { accept: accept ?? '*/*' } }).mediaType(types);
  if (wanted === undefined) throw new Refusal('NOT_ACCEPTABLE', `This can be had as ${LINKED} or ${PLAIN}.`);
  return wanted === LINKED ? LINKED : PLAIN;
}

/** Whether one of the tags that the caller has is this one, as weak comparison has it (RFC 9110, 13.1.2). */
const isKnown = (known: string | undefined, etag: string): boolean =>
  known?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ?? false;

/** Answers with a public document, or with 304 to whoever has it already. */
export async function answerDocument(request: FastifyRequest, reply: FastifyReply, document: JsonObject): Promise<void> {
  const type = typeFor(request.headers.accept);
  const body = `${JSON.stringify(document, null, 2)}\n`;
  const etag = `"${createHash('sha256').update(type).update(body).digest('base64url')}"`;
  void reply
    .header('etag', etag)
    .header('vary', 'accept')
    .header('cache-control', `public, max-age=${MAX_AGE_S}`)
    .header('access-control-allow-origin', '*')
    .header('x-content-type-options', 'nosniff');
  if (isKnown(request.headers['if-none-match'], etag)) await reply.status(304).send();
  else await reply.type(type).send(body);
}
