import { Intake } from '@mcr/awards/intake';
import type { BenchProvince } from '../harness/bench-province.ts';
import { median, printRate, timed } from '../harness/figures.ts';
import type { LoadClient } from '../harness/load.ts';
import { BareInserts } from './bare-inserts.ts';
import { batches, cloudEvents } from './records.ts';
import { printWhereTimeGoes, watchCpu } from './where-time-goes.ts';
import { awardsInGraphql, untilVisible } from './visible.ts';

const RECORDS = 10_000;
const BATCH = 1_000;
const CONNECTIONS = 2;
const ROUNDS = 3;

interface InboundEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** Feeds the intake function with so many batches at a time, as the HTTP face would. */
async function throughIntake(province: BenchProvince, events: readonly object[]): Promise<void> {
  const intake = province.registry.app.get(Intake, { strict: false });
  const records = (events as readonly InboundEvent[]).map(({ id, type, data }) => ({ institutionCode: province.code, eventId: id, type, data }));
  let next = 0;
  const feed = async (): Promise<void> => {
    while (next < records.length) {
      const from = next;
      next += BATCH;
      await intake.take(records.slice(from, from + BATCH));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, feed));
}

/** Returns the ratio of the intake function. Rounds alternate with the baseline, so that the machine's moods meet both. */
export async function measureBatches(province: BenchProvince, client: LoadClient): Promise<number> {
  const token = await province.clientToken();
  const registrar = await province.registrarToken();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' };
  const bare = new BareInserts(province.adminUrl, CONNECTIONS);
  const make = (): object[] => cloudEvents(RECORDS, province.code, province.microCredential);
  let visible = await awardsInGraphql(province, registrar);

  await throughIntake(province, cloudEvents(2 * BATCH, province.code, province.microCredential));
  await untilVisible(province, registrar, (visible += 2 * BATCH));
  const [byFunction, byHttp, byBaseline, cpu]: [number[], number[], number[], ReturnType<ReturnType<typeof watchCpu>>[]] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const events = make();
    const stop = watchCpu();
    byFunction.push(await timed(() => throughIntake(province, events).then(() => untilVisible(province, registrar, (visible += RECORDS)))));
    cpu.push(stop());
    await bare.copy(RECORDS);
    byBaseline.push(await timed(() => bare.insert(RECORDS, BATCH, CONNECTIONS)));
    const bodies = batches(make(), BATCH);
    byHttp.push(
      await timed(() =>
        client.run({ url: `${province.url}/events`, headers, bodies, clients: 4 }, 202).then(() => untilVisible(province, registrar, (visible += RECORDS))),
      ),
    );
  }
  await bare.close();
  const baseline = { count: RECORDS, ms: median(byBaseline) };
  const ratio = printRate('from the intake function', { count: RECORDS, ms: median(byFunction) }, baseline, 0.7);
  printRate('over HTTP', { count: RECORDS, ms: median(byHttp) }, baseline, 0.4);
  printWhereTimeGoes(cpu);
  return ratio;
}
