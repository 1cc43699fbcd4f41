import { randomUUID } from 'node:crypto';
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isTransient } from '@mcr/database';
import { PROBLEM_JSON, Refusal, problemOf } from '@mcr/event-kit';
import type { RefusalCode } from '@mcr/event-kit';
import { Logger } from '../logger.ts';
import { ServiceAway } from '../neighbours/ask-service.ts';

const CODE_OF_STATUS: Readonly<Record<number, RefusalCode>> = {
  400: 'MALFORMED_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
};

/** What a framework threw for a fault of the request becomes the refusal of that status; its own words stay out. */
function refusalOfThrown(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof ServiceAway) return new Refusal('UNAVAILABLE', thrown.message, { retryAfterSeconds: 5 });
  if (isTransient(thrown)) return new Refusal('UNAVAILABLE', 'The database does not answer at the moment.', { retryAfterSeconds: 5 });
  const status = thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown } | null)?.statusCode;
  return new Refusal((typeof status === 'number' && CODE_OF_STATUS[status]) || 'INTERNAL');
}

const problem = (refusal: Refusal, instance: string): string => JSON.stringify(problemOf(refusal, instance));

/** An address that no face is asked about, because it cannot be decoded or a part of it is too long. It is not repeated: it may hold a token. */
export function refuseAddress(reply: FastifyReply): void {
  const refusal = new Refusal('MALFORMED_REQUEST', 'The address cannot be read: a "%" is not followed by two hexadecimal digits, or a part is too long.');
  void reply
    .status(refusal.status)
    .type(PROBLEM_JSON)
    .send(problem(refusal, `urn:uuid:${randomUUID()}`));
}

/** Every error of an HTTP face leaves as a problem document; what nobody expected leaves a reference that the log has too. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    // GraphQL answers errors in its own way, beside what could be answered.
    if (host.getType() !== 'http') throw thrown;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (reply.sent) return;
    const refusal = refusalOfThrown(thrown);
    const instance = `urn:uuid:${randomUUID()}`;
    // What passes by itself is told to the caller, with a time; what nobody expected needs somebody's eyes.
    if (refusal.status >= 500)
      this.#log[refusal.code === 'INTERNAL' ? 'error' : 'warn'](
        { instance, method: request.method, route: request.routeOptions.url, err: thrown },
        'A request failed',
      );
    if (refusal.retryAfterSeconds !== undefined) reply.header('retry-after', refusal.retryAfterSeconds);
    if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
    reply.status(refusal.status).type(PROBLEM_JSON).send(problem(refusal, instance));
  }
}
