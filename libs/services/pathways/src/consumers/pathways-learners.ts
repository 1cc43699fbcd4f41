import { awardEvents } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, type ReactionContext, ReactTo } from '@mcr/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { keepHeldAwards } from '../storage/held-awards.ts';

type AwardEvent = EventOf<(typeof awardEvents)[number]>;

/** What learners hold. Apart from the facts of the graph, because awards are many and no engine is told of them. */
@Consumer({ name: 'pathways.learners', kind: 'projection', tables: { names: ['held_award'] } })
export class PathwaysLearners {
  @ReactTo(awardEvents, { batch: true })
  keepAwardsWhenTheyChanged(@Payload() events: AwardEvent[], @Ctx() { tx }: ReactionContext): Promise<void> {
    return keepHeldAwards(
      tx,
      events.map(({ data, time, aggregateversion }) => ({ snapshot: data, at: time, version: aggregateversion! })),
    );
  }
}
