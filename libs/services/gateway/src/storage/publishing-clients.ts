import { Injectable } from '@nestjs/common';
import type { PublicJwk } from '@mcr/contracts';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';

/** The gateway's own copy of a publishing client. */
export interface PublishingClientRow {
  readonly clientId: string;
  readonly institutionCode: string;
  readonly scopes: readonly string[];
  readonly publicKey: PublicJwk;
  readonly status: 'ACTIVE' | 'REVOKED';
}

const byId = `
  select client_id as "clientId", institution_code as "institutionCode", scopes, public_key as "publicKey", status
  from publishing_client where client_id = $1`;

/** The publishing clients, as far as their events have arrived. */
@Injectable()
export class PublishingClients {
  constructor(private readonly database: Database) {}

  async find(clientId: string): Promise<PublishingClientRow | undefined> {
    return (await this.database.query<PublishingClientRow>(byId, [clientId]))[0];
  }

  /** @throws Refusal CLIENT_UNKNOWN, for its registration may still be on its way, or CLIENT_REVOKED. */
  async active(clientId: string): Promise<PublishingClientRow> {
    const client = await this.find(clientId);
    if (!client) throw new Refusal('CLIENT_UNKNOWN', undefined, { retryAfterSeconds: 1 });
    if (client.status === 'REVOKED') throw new Refusal('CLIENT_REVOKED');
    return client;
  }
}
