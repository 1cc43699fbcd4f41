import type { Transaction } from '@mcr/database';
import type { PublishingClient } from '../domain/publishing-client.ts';
import type { Change } from './institutions.ts';
import { PublishingClientRow } from './publishing-client.row.ts';

/** Not locked: a client changes only under the lock of its institution. */
export async function findClient(tx: Transaction, clientId: string): Promise<PublishingClient | undefined> {
  return ((await tx.manager.findOneBy(PublishingClientRow, { clientId })) ?? undefined) as PublishingClient | undefined;
}

/** False when the client id is in use. */
export async function insertClient(tx: Transaction, client: PublishingClient, change: Change): Promise<boolean> {
  const { raw } = await tx.manager
    .createQueryBuilder()
    .insert()
    .into(PublishingClientRow)
    .values({ ...client, scopes: [...client.scopes], ...change })
    .orIgnore()
    .returning('client_id')
    .execute();
  return (raw as unknown[]).length > 0;
}

export async function updateClient(tx: Transaction, client: PublishingClient, change: Change): Promise<void> {
  await tx.manager.update(PublishingClientRow, { clientId: client.clientId }, { ...client, scopes: [...client.scopes], ...change });
}
