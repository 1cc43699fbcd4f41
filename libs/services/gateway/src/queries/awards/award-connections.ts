import { Refusal } from '@mcr/event-kit';
import type { Award, Page } from '@mcr/registry-store/read';
import { awardCountOf, type AwardCount } from '../../domain/award-count.ts';
import { ConnectionOf } from '../connection.ts';

/** Awards for somebody who may see each of them. */
export class AwardsShown extends ConnectionOf<Award> {
  readonly suppressed = false;
}

/** How many awards there are, for somebody who may see none of them: asking for one refuses the whole field. */
export class AwardsCounted implements AwardCount {
  readonly totalCount: number | null;
  readonly suppressed: boolean;

  constructor(total: number) {
    ({ totalCount: this.totalCount, suppressed: this.suppressed } = awardCountOf(total));
  }

  get nodes(): never {
    return this.refuse();
  }

  get edges(): never {
    return this.refuse();
  }

  get pageInfo(): never {
    return this.refuse();
  }

  private refuse(): never {
    throw new Refusal('FORBIDDEN', 'You see counts only: leave out nodes, edges and pageInfo.');
  }
}

export type AwardsAnswer = AwardsShown | AwardsCounted;
export const shown = (page: Page<Award>, after: string | null | undefined): AwardsShown => new AwardsShown(page, after);
