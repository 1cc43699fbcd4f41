import { Controller, Get, Headers, Res } from '@nestjs/common';
import { Refusal } from '@mcr/event-kit';
import { TokenVerifier } from '@mcr/identity';
import type { FastifyReply } from 'fastify';
import Negotiator from 'negotiator';
import { LearnerRecords } from '../../credentials/learner-records.ts';

const types = ['application/vc', 'application/json', 'application/ld+json'];

/** What the learner who is signed in earned at all institutions, as one signed document to carry away. */
@Controller('learners/me')
export class LearnerRecordController {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly records: LearnerRecords,
  ) {}

  @Get('record')
  async read(@Headers('authorization') authorization: string | undefined, @Headers('accept') accept: string | undefined, @Res() reply: FastifyReply) {
    const principal = await this.tokens.verify(authorization);
    const type = new Negotiator({ headers: { accept: accept ?? '*/*' } }).mediaType(types);
    if (type === undefined) throw new Refusal('NOT_ACCEPTABLE', `A record can be had as ${types.join(', ')}.`);
    const record = await this.records.recordOf(principal);
    await reply
      .type(type)
      .header('vary', 'accept, authorization')
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="learner-record.json"')
      .header('x-content-type-options', 'nosniff')
      .send(JSON.stringify(record));
  }
}
