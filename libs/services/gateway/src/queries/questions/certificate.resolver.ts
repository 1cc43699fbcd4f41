import { ResolveField, Resolver } from '@nestjs/graphql';
import type { AwardInQuestion as AwardSchema, LostAgreement as LostSchema, Placement as PlacementSchema } from '@mcr/contracts';
import type { z } from 'zod';
import type { RequestContext } from '../../graphql/request-context.ts';
import { AwardInQuestion, LostAgreement, Placement } from '../../schema/answers/certificate.ts';

type Placed = z.infer<typeof PlacementSchema>;
type Lost = z.infer<typeof LostSchema>;

@Resolver(() => Placement)
export class PlacementResolver {
  @ResolveField()
  agreement({ agreement }: Placed, _: unknown, { loaders }: RequestContext) {
    return agreement && loaders.agreements.load(agreement);
  }

  @ResolveField()
  microCredential({ microCredential }: Placed, _: unknown, { loaders }: RequestContext) {
    return microCredential && loaders.microCredentials.load(microCredential);
  }
}

@Resolver(() => LostAgreement)
export class LostAgreementResolver {
  @ResolveField()
  agreement({ agreement }: Lost, _: unknown, { loaders }: RequestContext) {
    return loaders.agreements.load(agreement);
  }

  @ResolveField()
  to({ to }: Lost, _: unknown, { loaders }: RequestContext) {
    return loaders.agreements.load(to);
  }
}

@Resolver(() => AwardInQuestion)
export class AwardInQuestionResolver {
  @ResolveField()
  microCredential({ microCredential }: z.infer<typeof AwardSchema>, _: unknown, { loaders }: RequestContext) {
    return loaders.microCredentials.load(microCredential);
  }
}
