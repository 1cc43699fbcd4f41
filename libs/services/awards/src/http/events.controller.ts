import type { IncomingHttpHeaders } from 'node:http';
import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { institutionSource, pointerTo, Refusal } from '@mcr/event-kit';
import { TokenVerifier, authorise } from '@mcr/identity';
import { Clock, Logger } from '@mcr/runtime';
import { Intake, type Taken } from '../intake/intake.ts';
import { Callers } from './callers.ts';
import { readEvents, type SizedEvent } from './read-events.ts';

/** Where institutions send their records over HTTPS. */
@Controller('events')
export class EventsController {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly callers: Callers,
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  @Post()
  @HttpCode(202)
  async publish(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown): Promise<{ submissions: Taken[] }> {
    const principal = await this.tokens.verify(headers.authorization);
    authorise(principal, 'award:publish');
    const institutionCode = await this.callers.publisherOf(principal);
    const events = readEvents(headers, body, this.clock.now());
    this.refuseForeign(events, institutionCode, principal.clientId);
    const records = events.map(({ id, type, subject, data, bytes }) => ({ institutionCode, eventId: id, type, subject, data, bytes }));
    return { submissions: await this.intake.take(records) };
  }

  private refuseForeign(events: readonly SizedEvent[], institutionCode: string, clientId: string): void {
    const own = institutionSource(institutionCode);
    const foreign = events.flatMap(({ source }, index) => (source === own ? [] : [index]));
    if (foreign.length === 0) return;
    this.logger.warn(
      { audit: 'SOURCE_NOT_YOURS', clientId, institution: institutionCode, events: foreign.length },
      'A client sent events in the name of another institution; the request was refused',
    );
    const faults = foreign.map((index) => ({
      pointer: events.length === 1 ? '/source' : pointerTo(index, 'source'),
      code: 'SOURCE_NOT_YOURS',
      message: 'The source is not your institution.',
      hint: `The source of your events is ${own}.`,
    }));
    throw new Refusal('SOURCE_NOT_YOURS', undefined, { faults });
  }
}
