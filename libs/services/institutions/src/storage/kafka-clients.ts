import type { Database } from '@mcr/database';

/** An institution with all the clients that it ever had, as its rows say now. */
export interface InstitutionOnKafka {
  readonly ctid: string;
  readonly code: string;
  readonly status: 'INVITED' | 'PENDING_VERIFICATION' | 'ACTIVE' | 'SUSPENDED';
  /** Counts every change of the institution and of its clients. */
  readonly version: number;
  readonly clients: readonly { readonly clientId: string; readonly status: 'ACTIVE' | 'REVOKED' }[];
}

/** One institution, or all; those that never had a client have nothing on Kafka. */
export function institutionsOnKafka(database: Database, ctid?: string): Promise<InstitutionOnKafka[]> {
  return database.query<InstitutionOnKafka>(
    `select i.id as ctid, i.code, i.status, i.version, json_agg(json_build_object('clientId', c.client_id, 'status', c.status) order by c.client_id) as clients
     from institution i join publishing_client c on c.institution_id = i.id
     where $1::text is null or i.id = $1
     group by i.id order by i.code`,
    [ctid ?? null],
  );
}
