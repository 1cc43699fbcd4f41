import { createHash } from 'node:crypto';
import type { Transaction } from '@mcr/database';
import type { DraftVersion, MicroCredential, MicroCredentialVersion, PublishedVersion } from '../domain/micro-credential.ts';
import { foldTitle } from '../domain/folding.ts';
import { MicroCredentialVersionRow } from './micro-credential-version.row.ts';

/** Who changed something, and when. */
export interface Change {
  readonly changedBy: string;
  readonly changedAt: Date;
}

const WITH_LATEST = `
  select m.id as ctid, m.owned_by as "ownedBy", m.aggregate_version as "aggregateVersion",
    (select jsonb_build_object('version', v.version, 'status', v.status)
     from micro_credential_version v where v.micro_credential_id = m.id order by v.version desc limit 1) as latest
  from micro_credential m where m.id = $1`;

const read = async (tx: Transaction, ctid: string): Promise<MicroCredential | undefined> => {
  const [row] = await tx.query<Omit<MicroCredential, 'latest'> & { latest: MicroCredential['latest'] | null }>(WITH_LATEST, [ctid]);
  return row && { ...row, latest: row.latest ?? undefined };
};

/** The micro-credential, locked until the transaction ends; undefined when there is none. */
export async function lockMicroCredential(tx: Transaction, ctid: string): Promise<MicroCredential | undefined> {
  // The lock first, the versions after it: they may have changed while this waited.
  await tx.query('select from micro_credential where id = $1 for update', [ctid]);
  return read(tx, ctid);
}

/** The micro-credential, locked; a new one of this owner when the CTID was free. The owner of a known one stays. */
export async function openMicroCredential(tx: Transaction, ctid: string, ownedBy: string): Promise<MicroCredential> {
  await tx.query('insert into micro_credential (id, owned_by, aggregate_version) values ($1, $2, 0) on conflict do nothing', [ctid, ownedBy]);
  return (await lockMicroCredential(tx, ctid))!;
}

export async function findVersion(tx: Transaction, ctid: string, version: number): Promise<MicroCredentialVersion | undefined> {
  return ((await tx.manager.findOneBy(MicroCredentialVersionRow, { ctid, version })) ?? undefined) as MicroCredentialVersion | undefined;
}

const titleKeyOf = ({ definition }: DraftVersion): string => createHash('sha256').update(foldTitle(definition.name['en-CA'])).digest('hex');

/** False when another micro-credential of the owner holds the title. Holds it for this one otherwise. */
export async function holdTitle(tx: Transaction, draft: DraftVersion): Promise<boolean> {
  // The update changes nothing; it makes the statement wait for, lock and return the holder.
  const [holder] = await tx.query<{ ctid: string }>(
    `insert into title (owned_by, title_key, micro_credential_id) values ($1, $2, $3)
     on conflict (owned_by, title_key) do update set micro_credential_id = title.micro_credential_id
     returning micro_credential_id as ctid`,
    [draft.ownedBy, titleKeyOf(draft), draft.ctid],
  );
  return holder?.ctid === draft.ctid;
}

/** Writes the draft, and lets go of titles that no version carries any more. */
export async function saveDraft(tx: Transaction, draft: DraftVersion, change: Change): Promise<void> {
  const row = { ...draft, offeredBy: [...draft.offeredBy], titleKey: titleKeyOf(draft), ruleSet: null, ...change };
  await tx.manager.upsert(MicroCredentialVersionRow, row, ['ctid', 'version']);
  await tx.query(
    `delete from title where micro_credential_id = $1
       and not exists (select from micro_credential_version v where v.micro_credential_id = title.micro_credential_id and v.title_key = title.title_key)`,
    [draft.ctid],
  );
}

/** The version is published, and the micro-credential has one event more. */
export async function savePublished(
  tx: Transaction,
  { ctid, version, status, ruleSet }: PublishedVersion,
  aggregateVersion: number,
  change: Change,
): Promise<void> {
  await tx.manager.update(MicroCredentialVersionRow, { ctid, version }, { status, ruleSet, ...change });
  await tx.query('update micro_credential set aggregate_version = $2 where id = $1', [ctid, aggregateVersion]);
}
