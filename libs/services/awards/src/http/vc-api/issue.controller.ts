import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { SecuredCredential } from '@mcr/credentials';
import { TokenVerifier, authorise } from '@mcr/identity';
import type { FastifyRequest } from 'fastify';
import { VcIssuer } from '../../credentials/signing/vc-issuer.ts';
import { Callers } from '../callers.ts';
import { isFromThisMachine } from './from-this-machine.ts';
import { Issue, read } from './requests.ts';

/** The issuing half of the VC API. What is issued here is no award: the registry keeps nothing of it but who had what signed. */
@Controller('credentials')
export class IssueController {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly callers: Callers,
    private readonly issuer: VcIssuer,
  ) {}

  /**
   * Signs a credential of a publishing client's institution, with the key that the registry keeps for it. Where the setting for development says so,
   * whoever is on this machine and brings no token has it signed with a key that is nobody's.
   */
  @Post('issue')
  @HttpCode(201)
  async issue(@Req() { raw, headers }: FastifyRequest, @Body() body: unknown): Promise<{ verifiableCredential: SecuredCredential }> {
    const isOpen = headers.authorization === undefined && this.issuer.issuesForThisMachine && isFromThisMachine(raw);
    if (isOpen) return { verifiableCredential: await this.issuer.forThisMachine(read(Issue, body).credential) };
    const principal = await this.tokens.verify(headers.authorization);
    authorise(principal, 'credential:issue');
    const institution = await this.callers.publisherOf(principal);
    return { verifiableCredential: await this.issuer.forInstitution(institution, principal.clientId, read(Issue, body).credential) };
  }
}
