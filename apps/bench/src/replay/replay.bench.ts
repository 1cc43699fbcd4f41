import { Intake } from '@mcr/awards/intake';
import { developmentToken } from '@mcr/identity';
import { EventLog } from '@mcr/messaging';
import { topics } from '@mcr/contracts';
import { BenchProvince } from '../harness/bench-province.ts';
import { timed } from '../harness/figures.ts';
import { cloudEvents } from '../ingest/records.ts';
import { awardsInGraphql, untilVisible } from '../ingest/visible.ts';

const RECORDS = 50_000;
const BATCH = 1_000;
const PAGE = 500;
const MEBIBYTE = 1024 * 1024;
const WATCH_EVERY_MS = 100;

interface Inbound {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

async function fill(province: BenchProvince, token: string): Promise<void> {
  const intake = province.registry.app.get(Intake, { strict: false });
  const before = await awardsInGraphql(province, token);
  for (let sent = 0; sent < RECORDS; sent += BATCH) {
    const events = cloudEvents(BATCH, province.code, province.microCredential) as Inbound[];
    await intake.take(events.map(({ id, type, data }) => ({ institutionCode: province.code, eventId: id, type, data })));
  }
  await untilVisible(province, token, before + RECORDS);
}

/** The least that a replay could do: reads every entry of the topic, page by page, and does nothing with it. */
async function readWholeLog(province: BenchProvince): Promise<number> {
  const log = new EventLog(province.database('awards'), [topics.awards]);
  let read = 0;
  for (let partition = 0; partition < topics.awards.partitions; partition += 1) {
    for (let pos = 0; ;) {
      const entries = await log.readAfter([{ topic: topics.awards.name, partition, pos }], PAGE);
      if (entries.length === 0) break;
      read += entries.length;
      pos = entries.at(-1)!.pos;
    }
  }
  return read;
}

interface Rebuilt {
  readonly state: string;
  readonly done: number;
  readonly tables?: readonly { readonly table: string; readonly rows: number; readonly missing: number; readonly extra: number; readonly altered: number }[];
}

/** Builds the shared registry anew beside the live one, from position 0, and compares the two. */
async function rebuild(province: BenchProvince): Promise<Rebuilt> {
  const token = await developmentToken({ dataDir: province.dataDir, url: province.url, role: 'admin' });
  for (;;) {
    const response = await fetch(`${province.url}/commands/search.rebuild`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ consumer: 'search.registry', purpose: 'compare', reason: 'A measurement of replay.' }),
    });
    if (!response.ok) throw new Error(`search.rebuild answered ${response.status}: ${await response.text()}`);
    const rebuilt = (await response.json()) as Rebuilt;
    if (rebuilt.state !== 'BUILDING') return rebuilt;
  }
}

/** Every event again through the registry's own reactions, with its memory watched; beside it, the bare reading of the log. */
export async function replay(): Promise<void> {
  console.log(`replay, ${RECORDS} awards from position 0 into a second shared registry, beside bare reading of the same log`);
  const province = await BenchProvince.start();
  try {
    await fill(province, await province.registrarToken());
    let read = 0;
    const readMs = await timed(async () => (read = await readWholeLog(province)));
    const resident: number[] = [];
    const watch = setInterval(() => resident.push(process.memoryUsage().rss), WATCH_EVERY_MS);
    let rebuilt: Rebuilt | undefined;
    const ms = await timed(async () => (rebuilt = await rebuild(province)));
    clearInterval(watch);
    const quarter = Math.ceil(resident.length / 4);
    const inMebibytes = (values: readonly number[]): number => Math.round(Math.max(...values) / MEBIBYTE);
    const differing = rebuilt!.tables!.reduce((sum, { missing, extra, altered }) => sum + missing + extra + altered, 0);
    const rate = Math.round((rebuilt!.done * 1000) / ms);
    console.log(`  replayed ${rate}/s   bare reading ${Math.round((read * 1000) / readMs)}/s   rows that differ ${differing}`);
    console.log(
      `  memory at most, by quarter of the run: ${[0, 1, 2, 3].map((n) => inMebibytes(resident.slice(n * quarter, (n + 1) * quarter))).join(', ')} MiB`,
    );
    console.log(`replay ${rate}/s, ${differing} rows differ`);
    if (differing > 0) process.exitCode = 1;
  } finally {
    await province.close();
  }
}
