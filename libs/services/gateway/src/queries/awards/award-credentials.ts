import { Injectable } from '@nestjs/common';
import { CredentialsOfAwards } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import DataLoader from 'dataloader';
import type { RequestContext } from '../../graphql/request-context.ts';

type AwardCredential = OutputOf<typeof CredentialsOfAwards>[number];

/** The credential of an award, and whether it has to be verified as well. */
interface Wanted {
  readonly award: string;
  readonly verify: boolean;
}

/** So many awards are asked for in one call. */
const MOST_AWARDS = 100;

/** The credentials of all awards of an answer, asked of awards together in the caller's name. Only what was selected is verified. */
@Injectable()
export class AwardCredentials {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<Wanted, AwardCredential | undefined, string>>();

  constructor(private readonly operations: Operations) {}

  /** Null where the caller may not see it, or while there is none. */
  async credential(award: string, request: RequestContext) {
    return (await this.loaderOf(request).load({ award, verify: false }))?.credential;
  }

  async verification(award: string, request: RequestContext) {
    return (await this.loaderOf(request).load({ award, verify: true }))?.verification;
  }

  private loaderOf(request: RequestContext) {
    let loader = this.loaders.get(request);
    if (!loader) {
      loader = new DataLoader((wanted) => this.read(wanted, request), { cacheKeyFn: ({ award, verify }) => `${award} ${verify}` });
      this.loaders.set(request, loader);
    }
    return loader;
  }

  private async read(wanted: readonly Wanted[], request: RequestContext) {
    const verified = new Set(wanted.filter(({ verify }) => verify).map(({ award }) => award));
    const others = new Set(wanted.map(({ award }) => award).filter((award) => !verified.has(award)));
    const [withVerdicts, without] = [await this.ask([...verified], true, request), await this.ask([...others], false, request)];
    const known = new Map([...withVerdicts, ...without].map((found) => [found.awardId, found]));
    return wanted.map(({ award }) => known.get(award));
  }

  private async ask(awards: readonly string[], verify: boolean, request: RequestContext): Promise<AwardCredential[]> {
    const found: AwardCredential[] = [];
    for (let first = 0; first < awards.length; first += MOST_AWARDS) {
      const some = awards.slice(first, first + MOST_AWARDS);
      found.push(...(await this.operations.call(CredentialsOfAwards, { awards: some, verify }, await request.principal(), request.gone)));
    }
    return found;
  }
}
