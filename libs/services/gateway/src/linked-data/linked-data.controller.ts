import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { JsonObject } from '@mcr/credentials';
import { Ctid, Refusal } from '@mcr/event-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerDocument } from './answer-document.ts';
import { CtdlDocuments } from './ctdl-documents.ts';

/** No institution publishes so many; what is longer is no number of a version. */
const VERSION = /^[1-9]\d{0,8}$/;

/** The addresses that stand in credentials for decades, for everybody: what each names, in CTDL. Ids are taken in any case. */
@Controller()
export class LinkedDataController {
  constructor(private readonly documents: CtdlDocuments) {}

  @Get('micro-credentials/:ctid')
  microCredential(@Param('ctid') ctid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answer(request, reply, ctid, 'micro-credential', (key) => this.documents.microCredential(key));
  }

  @Get('micro-credentials/:ctid/versions/:version')
  version(@Param('ctid') ctid: string, @Param('version') version: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answer(request, reply, ctid, 'version of a micro-credential', async (key) =>
      VERSION.test(version) ? this.documents.microCredentialVersion(key, Number(version)) : undefined,
    );
  }

  @Get('competencies/:ctid')
  competency(@Param('ctid') ctid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answer(request, reply, ctid, 'competency', (key) => this.documents.competency(key));
  }

  @Get('organizations/:ctid')
  organization(@Param('ctid') ctid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return answer(request, reply, ctid, 'institution', (key) => this.documents.organization(key));
  }
}

/** @throws Refusal NOT_FOUND for what is not there, and for what is no id: nobody is asked about that. */
async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
  what: string,
  read: (ctid: string) => Promise<JsonObject | undefined>,
): Promise<void> {
  const ctid = Ctid.safeParse(given).data;
  const document = ctid && (await read(ctid));
  if (!document) throw new Refusal('NOT_FOUND', `The registry knows no such ${what}.`);
  await answerDocument(request, reply, document);
}
