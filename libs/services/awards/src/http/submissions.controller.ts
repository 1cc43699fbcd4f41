import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { Database } from '@mcr/database';
import { faultsOf, Refusal, Uuid } from '@mcr/event-kit';
import { TokenVerifier, authorise, type Principal } from '@mcr/identity';
import { z } from 'zod';
import { inboundDeadLetters, type DeadLetterAnswer } from '../queries/inbound-dead-letters.ts';
import { submissionById, type SubmissionAnswer } from '../queries/submission.ts';
import { Callers } from './callers.ts';

const Page = z.object({ after: Uuid.optional(), limit: z.coerce.number().int().min(1).max(1_000).default(100) });

interface DeadLetters {
  readonly deadLetters: readonly DeadLetterAnswer[];
  /** Where the next page begins, for `after`; absent on the last. */
  readonly next?: string;
}

/** Where an institution learns what became of a record. */
@Controller('submissions')
export class SubmissionsController {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly callers: Callers,
    private readonly database: Database,
  ) {}

  /** Records on Kafka that named no event to answer to. Declared before the single submission, whose address it would be otherwise. */
  @Get('dead-letters')
  async list(@Headers('authorization') authorization: string | undefined, @Query() query: unknown): Promise<DeadLetters> {
    const principal = await this.tokens.verify(authorization);
    authorise(principal, 'submission:read');
    const institution = await this.institutionOf(principal);
    const page = Page.safeParse(query);
    if (!page.success) throw new Refusal('INVALID_INPUT', undefined, { faults: faultsOf(page.error, query) });
    const deadLetters = await inboundDeadLetters(this.database, institution, page.data);
    return { deadLetters, ...(deadLetters.length === page.data.limit ? { next: deadLetters.at(-1)!.deadLetterId } : {}) };
  }

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
