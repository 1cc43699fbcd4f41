import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Audit as AuditQuery } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../graphql/request-context.ts';
import { Audit } from '../../schema/answers/audit.ts';
import { asked } from './asked.ts';
import { found } from '../found.ts';
import { OfPathway, SituationArgs, situationIn } from './situation-args.ts';

type Audited = OutputOf<typeof AuditQuery>;

@Resolver(() => Audit)
export class AuditResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => Audit, { nullable: true, description: 'Whether what is held meets a pathway, and how every requirement and limit stands.' })
  audit(@OfPathway() pathway: string, @Args() situation: SituationArgs, @Context() request: RequestContext): Promise<Audited> {
    return asked(this.operations, AuditQuery, { pathway, ...situationIn(situation) }, request);
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
