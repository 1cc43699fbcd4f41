import { Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Audit as AuditQuery } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../graphql/request-context.ts';
import { Audit } from '../../schema/answers/audit.ts';
import type { CompletionInput } from '../../schema/answers/certificate.ts';
import { asked } from './asked.ts';
import { found } from '../found.ts';
import { AsOf, Declares, Held, OfPathway } from './situation-args.ts';

type Audited = OutputOf<typeof AuditQuery>;

@Resolver(() => Audit)
export class AuditResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => Audit, { nullable: true, description: 'Whether what is held meets a pathway, and how every requirement and limit stands.' })
  audit(
    @OfPathway() pathway: string,
    @Held() held: CompletionInput[],
    @Declares() declares: string[] | null,
    @AsOf() asOf: string | null,
    @Context() request: RequestContext,
  ): Promise<Audited> {
    return asked(this.operations, AuditQuery, { pathway, held, declares, asOf }, request);
  }

  @ResolveField()
  pathway({ pathway }: Audited, _: unknown, { loaders }: RequestContext) {
    return loaders.pathways.load(pathway);
  }

  @ResolveField()
  agreements({ agreements }: Audited, _: unknown, { loaders }: RequestContext) {
    return found(loaders.agreements, agreements);
  }
}
