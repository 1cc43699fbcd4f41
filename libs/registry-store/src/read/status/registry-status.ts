import type { Reader } from '../reader.ts';

/** How much the registry holds, and when the newest event that it has taken in happened. */
export interface RegistryStatus {
  readonly institutions: number;
  readonly microCredentials: number;
  readonly awards: number;
  readonly agreements: number;
  readonly lastEventAt: string | null;
}

const sql = `
  select
    (select count(*)::int from registry.institution) as institutions,
    (select count(*)::int from registry.micro_credential) as "microCredentials",
    (select count(*)::int from registry.award) as awards,
    (select count(*)::int from registry.agreement) as agreements,
    (select max(last_event_at) from registry.projection_state) as "lastEventAt"`;

/** Everything is counted, whatever its state. */
export async function registryStatus(reader: Reader): Promise<RegistryStatus> {
  const [row] = await reader.query<Omit<RegistryStatus, 'lastEventAt'> & { lastEventAt: Date | null }>(sql);
  return { ...row!, lastEventAt: row!.lastEventAt?.toISOString() ?? null };
}
