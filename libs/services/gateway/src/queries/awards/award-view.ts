import { Injectable } from '@nestjs/common';
import { Refusal } from '@mcr/event-kit';
import { may, type Principal } from '@mcr/identity';
import type { AwardFilter } from '@mcr/registry-store/read';
import type { RequestContext } from '../../graphql/request-context.ts';
import { PublishingClients } from '../../storage/publishing-clients.ts';

/** Which awards somebody asks for. */
export interface AwardQuestion {
  readonly filter: AwardFilter;
  /** Given only when another moment than now was asked for. */
  readonly asOf?: Date;
}

/** What of them the caller may see: the awards of this filter, or how many there are. */
export interface AwardView {
  readonly sees: 'awards' | 'counts';
  readonly filter: AwardFilter;
}

/** Who asks, and for a publishing client the institution that it belongs to. */
interface Caller {
  readonly principal: Principal;
  readonly clientInstitution?: string;
}

const refuse = (detail: string): never => {
  throw new Refusal('FORBIDDEN', detail);
};

/** Decides who sees which awards. The policy has the rules; this knows which institution the caller belongs to. */
@Injectable()
export class AwardViews {
  /** Found out once a request, however many awards fields it has. */
  private readonly callers = new WeakMap<RequestContext, Promise<Caller>>();

  constructor(private readonly clients: PublishingClients) {}

  /** @throws Refusal FORBIDDEN for whoever may see none of them, also without a token: that awards exist is not public. */
  async viewFor(request: RequestContext, { filter, asOf }: AwardQuestion): Promise<AwardView> {
    const { principal, clientInstitution } = await this.callerOf(request);
    const allowed = (action: string, institution?: string | null) => may(principal, action, { institution: institution ?? undefined, clientInstitution });
    if (allowed('awards.nodes', filter.institution)) return { sees: 'awards', filter };
    const own = filter.institution ? undefined : (clientInstitution ?? principal.institution);
    if (own !== undefined && allowed('awards.nodes', own)) return { sees: 'awards', filter: { ...filter, institution: own } };
    if (!allowed('awards.count', filter.institution)) return refuse('Awards are for the institution that made them and for the ministry.');
    // Numbers of a narrower or an earlier group, put beside each other, would tell of single people.
    if (filter.microCredential || asOf) return refuse('Counts are by institution and status only, as of now.');
    return { sees: 'counts', filter };
  }

  private callerOf(request: RequestContext): Promise<Caller> {
    let caller = this.callers.get(request);
    if (!caller) this.callers.set(request, (caller = this.findCaller(request)));
    return caller;
  }

  private async findCaller(request: RequestContext): Promise<Caller> {
    const principal = await request.principal();
    if (!principal.roles.includes('institution-client')) return { principal };
    return { principal, clientInstitution: (await this.clients.active(principal.clientId)).institutionCode };
  }
}
