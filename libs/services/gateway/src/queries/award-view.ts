import { Injectable } from '@nestjs/common';
import { Refusal } from '@mcr/event-kit';
import { may, type Principal } from '@mcr/identity';
import type { AwardFilter } from '@mcr/registry-store/read';
import type { RequestContext } from '../graphql/request-context.ts';
import { PublishingClients } from '../storage/publishing-clients.ts';

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

const refuse = (detail: string): never => {
  throw new Refusal('FORBIDDEN', detail);
};

/** Decides who sees which awards. The policy has the rules; this knows which institution the caller belongs to. */
@Injectable()
export class AwardViews {
  constructor(private readonly clients: PublishingClients) {}

  /** @throws Refusal FORBIDDEN for whoever may see none of them, also without a token: that awards exist is not public. */
  async viewFor(request: RequestContext, { filter, asOf }: AwardQuestion): Promise<AwardView> {
    const principal = await request.principal();
    const clientInstitution = await this.institutionOfClient(principal);
    const allowed = (action: string, institution?: string | null) => may(principal, action, { institution: institution ?? undefined, clientInstitution });
    if (allowed('awards.nodes', filter.institution)) return { sees: 'awards', filter };
    const own = filter.institution ? undefined : (clientInstitution ?? principal.institution);
    if (own !== undefined && allowed('awards.nodes', own)) return { sees: 'awards', filter: { ...filter, institution: own } };
    if (!allowed('awards.count', filter.institution)) return refuse('Awards are for the institution that made them and for the ministry.');
    // Numbers of a narrower or an earlier group, put beside each other, would tell of single people.
    if (filter.microCredential || asOf) return refuse('Counts are by institution and status only, as of now.');
    return { sees: 'counts', filter };
  }

  private async institutionOfClient({ roles, clientId }: Principal): Promise<string | undefined> {
    return roles.includes('institution-client') ? (await this.clients.active(clientId)).institutionCode : undefined;
  }
}
