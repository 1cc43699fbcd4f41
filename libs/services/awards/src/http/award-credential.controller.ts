import { Controller, Get, Headers, Param, Query, Req, Res } from '@nestjs/common';
import { Refusal, Uuid } from '@mcr/event-kit';
import { TokenVerifier } from '@mcr/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { CredentialForms, type CredentialType } from '../credentials/credential-forms.ts';
import { CredentialHolders } from '../credentials/credential-holders.ts';
import type { IssuedCredential } from '../storage/verification-store.ts';

/** The signed credential of an award, for its institution, its holder, the ministry, or whoever has a share token. */
@Controller('awards')
export class AwardCredentialController {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly holders: CredentialHolders,
    private readonly forms: CredentialForms,
  ) {}

  @Get(':awardId/credential')
  async read(
    @Param('awardId') awardId: string,
    @Headers('authorization') authorization: string | undefined,
    @Headers('accept') accept: string | undefined,
    @Query('share') share: string | undefined,
    @Req() { method }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = Uuid.safeParse(awardId.replace(/^urn:uuid:/i, '')).data;
    // A token shows one award, at its own address.
    const issued = id && (share === undefined ? await this.shownTo(authorization, id) : await this.holders.sharedBy(share, id));
    if (!issued) throw new Refusal('NOT_FOUND', 'There is no credential of this award for you, or not yet: it follows the award within seconds.');
    const type = typeFor(accept, this.forms.typesOf(issued));
    const body = await this.forms.as(type, issued);
    // What asks for the headers alone is shown nothing.
    if (share !== undefined && method !== 'HEAD') await this.holders.noteView(share);
    await reply
      .type(type)
      .header('vary', 'accept, authorization')
      .header('cache-control', 'private, no-cache')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .send(body);
  }

  private async shownTo(authorization: string | undefined, awardId: string): Promise<IssuedCredential | undefined> {
    return (await this.holders.shownTo(await this.tokens.verify(authorization), [awardId]))[0];
  }
}

function typeFor(accept: string | undefined, offered: readonly CredentialType[]): CredentialType {
  const type = new Negotiator({ headers: { accept: accept || '*/*' } }).mediaType([...offered]);
  if (type === undefined) throw new Refusal('NOT_ACCEPTABLE', `This credential can be had as ${offered.join(', ')}.`);
  return type as CredentialType;
}
