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
  select m.ctid, m.owned_by as "ownedBy", m.aggregate_version as "aggregateVersion",
    (select jsonb_build_object('version', v.version, 'status', v.status)
     from micro_credential_version v where v.ctid = m.ctid order by v.version desc limit 1) as latest
  from micro_credential m where m.ctid = $1`;

const read = async (tx: Transaction, ctid: string): Promise<MicroCredential | undefined> => {
  const [row] = await tx.query<Omit<MicroCredential, 'latest'> & { latest: MicroCredential['latest'] | null }>(WITH_LATEST, [ctid]);
  return row && { ...row, latest: row.latest ?? undefined };
};

/** The micro-credential, locked until the transaction ends; undefined when there is none. */
export async function lockMicroCredential(tx: Transaction, ctid: string): Promise<MicroCredential | undefined> {
  // The lock first, the versions after it: they may have changed while this waited.
  await tx.query('select from micro_credential where ctid = $1 for update', [ctid]);
  return read(tx, ctid);
}

/** The micro-credential, locked; a new one of this owner when the CTID was free. The owner of a known one stays. */
export async function openMicroCredential(tx: Transaction, ctid: string, ownedBy: string): Promise<MicroCredential> {
  await tx.query('insert into micro_credential (ctid, owned_by, aggregate_version) values ($1, $2, 0) on conflict do nothing', [ctid, ownedBy]);
  return (await lockMicroCredential(tx, ctid))!;
}

export async function findVersion(tx: Transaction, ctid: string, version: number): Promise<MicroCredentialVersion | undefined> {
  return ((await tx.manager.findOneBy(MicroCredentialVersionRow, { ctid, version })) ?? undefined) as MicroCredentialVersion | undefined;
}

/** False when another micro-credential of the owner holds the title. Holds it for this one otherwise. */
export async function holdTitle(tx: Transaction, { ctid, ownedBy, definition }: DraftVersion): Promise<boolean> {
  // The update changes nothing; it makes the statement wait for, lock and return the holder.
  const [holder] = await tx.query<{ ctid: string }>(
    `insert into title (owned_by, folded_title, ctid) values ($1, $2, $3)
     on conflict (owned_by, folded_title) do update set ctid = title.ctid returning ctid`,
    [ownedBy, foldTitle(definition.name['en-CA']), ctid],
  );
  return holder?.ctid === ctid;
}

/** Writes the draft, and lets go of titles that no version carries any more. */
export async function saveDraft(tx: Transaction, draft: DraftVersion, change: Change): Promise<void> {
  const row = { ...draft, offeredBy: [...draft.offeredBy], foldedTitle: foldTitle(draft.definition.name['en-CA']), ruleSet: null, ...change };
  await tx.manager.upsert(MicroCredentialVersionRow, row, ['ctid', 'version']);
  await tx.query(
    `delete from title where ctid = $1
       and not exists (select from micro_credential_version v where v.ctid = title.ctid and v.folded_title = title.folded_title)`,
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
  await tx.query('update micro_credential set aggregate_version = $2 where ctid = $1', [ctid, aggregateVersion]);
}
