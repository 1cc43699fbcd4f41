import { Controller, Get, Headers, Param } from '@nestjs/common';
import { Database } from '@mcr/database';
import { Refusal, Uuid } from '@mcr/event-kit';
import { TokenVerifier, authorise, type Principal } from '@mcr/identity';
import { submissionById, type SubmissionAnswer } from '../queries/submission.ts';
import { Callers } from './callers.ts';

/** Where an institution learns what became of a record. */
@Controller('submissions')
export class SubmissionsController {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly callers: Callers,
    private readonly database: Database,
  ) {}

  /** Another institution's submission is answered like one that does not exist. */
  @Get(':submissionId')
  async read(@Headers('authorization') authorization: string | undefined, @Param('submissionId') submissionId: string): Promise<SubmissionAnswer> {
    const principal = await this.tokens.verify(authorization);
    authorise(principal, 'submission:read');
    const institution = await this.institutionOf(principal);
    const id = Uuid.safeParse(submissionId).data;
    const submission = id && (await submissionById(this.database, id, institution));
    if (!submission) throw new Refusal('NOT_FOUND');
    return submission;
  }

  /** Undefined for the ministry, which sees all. */
  private async institutionOf(principal: Principal): Promise<string | undefined> {
    if (principal.roles.includes('ministry-registrar')) return undefined;
    if (principal.institution !== undefined) return principal.institution;
    return (await this.callers.clientOf(principal)).institutionCode;
  }
}
