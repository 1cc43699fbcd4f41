import { dayInBritishColumbia } from '@mcr/event-kit';
import { recordFaults } from './checking/record-faults.ts';
import { toEvents, type SendableRecord } from './mapping/to-events.ts';
import type { FileRecord } from './reading/file-record.ts';
import { readRecords } from './reading/read-file.ts';
import { prepareErrorsFile, writeErrorsFile } from './report/errors-file.ts';
import { asText, faultLines } from './report/fault-lines.ts';
import { counted, type Outcome } from './report/outcome.ts';
import type { Terminal } from './report/terminal.ts';

/** Every record accepted or duplicate; some refused or not decided; could not run. */
export type ExitCode = 0 | 1 | 2;

export interface PublishOptions {
  readonly file: string;
  readonly institution: string;
  readonly url: string;
  readonly dataDir: string;
  readonly key?: string;
  readonly clientId?: string;
  readonly dryRun: boolean;
  readonly errors?: string;
  readonly wait: boolean;
  readonly again: boolean;
  /** Where institutions reach Kafka; absent: over HTTPS. */
  readonly brokers?: readonly string[];
}

const checked = (record: FileRecord, today: string): Outcome => {
  const faults = recordFaults(record, today);
  return { record, state: faults.length > 0 ? 'REJECTED' : 'ACCEPTED', faults };
};

async function publish(options: PublishOptions, records: readonly FileRecord[], today: string, terminal: Terminal): Promise<Outcome[]> {
  const { sendable, heldBack } = toEvents(options.institution, records, options.again ? new Date().toISOString() : '');
  const refused = (record: FileRecord): Outcome => ({ record, state: 'REJECTED', faults: recordFaults(record, today) });
  // Loaded here, because a dry run needs neither keys nor a sign-in.
  const { connect, identityOf } = await import('./sending/connect.ts');
  if (options.brokers) {
    const { KafkaRegistry } = await import('./kafka/kafka-registry.ts');
    const { publishOnKafka } = await import('./kafka/publish-on-kafka.ts');
    const [fit, unfit] = sortOut(sendable, today);
    await connect(options);
    const registry = new KafkaRegistry({ institution: options.institution, client: await identityOf(options), brokers: options.brokers });
    return [...(await publishOnKafka(registry, fit, options, terminal)), ...[...unfit, ...heldBack].map(refused)];
  }
  const { publishRecords } = await import('./sending/publish-records.ts');
  return [...(await publishRecords(await connect(options), sendable, options, terminal)), ...heldBack.map(refused)];
}

/** What stands beside the properties of a record may be somebody's number in the wrong place: it does not go to a topic in clear. */
function sortOut(sendable: readonly SendableRecord[], today: string): [fit: SendableRecord[], unfit: FileRecord[]] {
  const isUnfit = ({ record }: SendableRecord): boolean => recordFaults(record, today).some(({ code }) => code === 'UNKNOWN_PROPERTY');
  return [sendable.filter((one) => !isUnfit(one)), sendable.filter(isUnfit).map(({ record }) => record)];
}

function summary(outcomes: readonly Outcome[], dryRun: boolean): string {
  const { ACCEPTED, DUPLICATE, REJECTED, PENDING } = counted(outcomes);
  if (dryRun) return `${outcomes.length} records checked, nothing was sent: ${ACCEPTED} without a fault, ${REJECTED} with faults`;
  return `${outcomes.length} records: ${ACCEPTED} accepted, ${DUPLICATE} duplicate, ${REJECTED} rejected, ${PENDING} pending`;
}

/** Publishes one file, or only checks it, and reports what became of every record. */
export async function publishFile(options: PublishOptions, terminal: Terminal): Promise<ExitCode> {
  const records = await readRecords(options.file);
  if (options.errors) await prepareErrorsFile(options.errors, [options.file, ...(options.key ? [options.key] : [])]);
  const today = dayInBritishColumbia(new Date());
  const outcomes = options.dryRun ? records.map((record) => checked(record, today)) : await publish(options, records, today, terminal);
  const lines = faultLines(outcomes);
  if (options.errors) await writeErrorsFile(options.errors, lines);
  for (const line of lines) terminal.line(asText(line));
  terminal.line(summary(outcomes, options.dryRun));
  const { REJECTED, PENDING } = counted(outcomes);
  if (PENDING > 0) terminal.line('Pending records wait for facts, or for an earlier revision. The same command, later, shows what became of them.');
  return REJECTED + PENDING > 0 ? 1 : 0;
}
