import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { Refusal } from '@mcr/event-kit';
import type { FastifyReply } from 'fastify';
import { listNamed } from '../credentials/status/list-address.ts';
import { STATUS_TTL_MS, StatusLists } from '../credentials/status/status-lists.ts';

/** The status lists (Bitstring Status List 1.0), signed. For everybody: an index says nothing about whose credential it is. */
@Controller('status')
export class StatusListsController {
  constructor(private readonly lists: StatusLists) {}

  @Get(':list')
  async read(@Param('list') name: string, @Headers('if-none-match') known: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const named = listNamed(name);
    const list = named && (await this.lists.read(named.listId, named.purpose));
    if (!list) throw new Refusal('NOT_FOUND', 'There is no such status list.');
    void reply
      .header('etag', list.etag)
      .header('cache-control', `public, max-age=${STATUS_TTL_MS / 1000}`)
      .header('last-modified', list.signedAt.toUTCString())
      .header('access-control-allow-origin', '*');
    const isKnown = known?.split(',').some((tag) => ['*', list.etag].includes(tag.trim().replace(/^W\//, '')));
    if (isKnown) await reply.status(304).send();
    else await reply.type('application/vc').send(list.document);
  }
}
