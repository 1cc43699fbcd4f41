import { Command, InvalidArgumentError } from 'commander';
import { CannotRun } from '../cannot-run.ts';
import { isServiceName } from '../registry/addresses.ts';
import type { ServiceName } from '../registry/addresses.ts';
import type { Consumer, Rebuilt, Reconciled, Replayed } from '../registry/answers.ts';
import { table } from '../terminal.ts';
import { REASON } from './asked.ts';
import type { Asked, Flags, Run } from './asked.ts';

/** The first word of a consumer's name is its service. */
export function serviceOf(consumer: string): ServiceName {
  const service = consumer.split('.')[0]!;
  if (!isServiceName(service)) throw new CannotRun(`There is no service ${service}: the name of a consumer begins with its service, such as search.registry.`);
  return service;
}

async function findConsumer({ registry }: Asked<object>, name: string): Promise<{ service: ServiceName; consumer: Consumer }> {
  const service = serviceOf(name);
  const { consumers } = await registry.ask<{ consumers: Consumer[] }>(service, 'consumers', {});
  const consumer = consumers.find((one) => one.name === name);
  if (!consumer) throw new CannotRun(`${service} has no consumer ${name}. It has: ${consumers.map((one) => one.name).join(', ') || 'none'}.`);
  return { service, consumer };
}

interface ReplayFlags extends Flags {
  readonly topic?: string;
  readonly partition?: number;
  readonly fromPos?: number;
  readonly toPos?: number;
  readonly key?: string;
  readonly type?: string;
  readonly since?: string;
  readonly until?: string;
  readonly apply?: true;
}

async function replay(asking: Asked<ReplayFlags>, name: string): Promise<void> {
  const { registry, terminal, flags } = asking;
  const { topic, partition, fromPos, toPos, key, type, since, until, reason, apply = false } = flags;
  const { service, consumer } = await findConsumer(asking, name);
  const topics = consumer.topics.filter((one) => topic === undefined || one.name === topic);
  if (topics.length === 0) throw new CannotRun(`${name} does not read ${topic}. It reads: ${consumer.topics.map((one) => one.name).join(', ')}.`);
  const sum = { examined: 0, applied: 0, passedOver: 0, changedRows: 0 };
  for (const one of topics) {
    for (let at = partition ?? 0; at < (partition === undefined ? one.partitions : partition + 1); at++) {
      for (let after: number | undefined = 0; after !== undefined;) {
        const filter = { fromPos, toPos, key, type, since, until };
        const part: Replayed = await registry.ask(service, 'replay', { consumer: name, topic: one.name, partition: at, after, reason, apply, ...filter });
        for (const count of Object.keys(sum) as (keyof typeof sum)[]) sum[count] += part[count];
        terminal.progress(`${one.name}/${at}: ${sum.examined} events examined`);
        after = part.after;
      }
    }
  }
  const passedOver = sum.passedOver > 0 ? `, ${sum.passedOver} set aside or discarded and passed over` : '';
  if (apply) return terminal.line(`${sum.applied} events applied again, ${sum.changedRows} rows changed${passedOver}`);
  terminal.line(`${sum.applied} events would be applied again and would change ${sum.changedRows} rows${passedOver}`);
  terminal.line('Nothing was changed. The same command with --apply does it.');
}

async function untilConcluded({ registry, terminal, flags }: Asked<Flags>, name: string, purpose: 'swap' | 'compare'): Promise<Rebuilt> {
  for (;;) {
    const rebuilt = await registry.ask<Rebuilt>(serviceOf(name), 'rebuild', { consumer: name, purpose, reason: flags.reason });
    if (rebuilt.state !== 'BUILDING') return rebuilt;
    terminal.progress(`${name}: ${rebuilt.done} events done, ${rebuilt.behind} to go`);
  }
}

async function rebuild(asking: Asked<Flags & { readonly abandon?: true }>, name: string): Promise<void> {
  const { registry, terminal, flags } = asking;
  await findConsumer(asking, name);
  if (flags.abandon) {
    await registry.ask(serviceOf(name), 'rebuild', { consumer: name, purpose: 'abandon', reason: flags.reason });
    return terminal.line(`What was built of ${name} is dropped; the live projection is as it was.`);
  }
  const { done, generation } = await untilConcluded(asking, name, 'swap');
  terminal.line(`${name} is generation ${generation} now, built from ${done} events.`);
}

/** Returns how many findings there are. */
async function reconcileLogs(asking: Asked<object>, service: ServiceName, consumer: Consumer): Promise<number> {
  const { registry, terminal } = asking;
  let findings = 0;
  let events = 0;
  for (const topic of consumer.topics) {
    for (let partition = 0; partition < topic.partitions; partition++) {
      for (let position: object | undefined = {}; position;) {
        const part: Reconciled = await registry.ask(service, 'reconcile', { consumer: consumer.name, topic: topic.name, partition, ...position });
        events += part.window?.count ?? 0;
        findings += part.findings.length;
        for (const { kind, message } of part.findings) terminal.problem(`${consumer.name}: ${kind}. ${message}`);
        terminal.progress(`${consumer.name}: ${events} events compared`);
        position = part.next;
      }
    }
  }
  terminal.line(`${consumer.name}: ${events} events as the owners' logs have them, ${findings} findings`);
  return findings;
}

async function compareRows(asking: Asked<Flags>, name: string): Promise<number> {
  const { tables = [] } = await untilConcluded(asking, name, 'compare');
  const rows = tables.map((one) => [
    one.table,
    String(one.rows),
    String(one.missing),
    String(one.extra),
    String(one.altered),
    one.examples.slice(0, 3).join(' '),
  ]);
  for (const line of table(['table', 'rows', 'missing', 'extra', 'altered', 'such as'], rows)) asking.terminal.line(line);
  return tables.reduce((sum, { missing, extra, altered }) => sum + missing + extra + altered, 0);
}

async function reconcile(asking: Asked<Flags & { readonly rows?: true }>, name: string | undefined): Promise<number> {
  const { registry, services, flags } = asking;
  let findings = 0;
  for (const service of name === undefined ? services : [serviceOf(name)]) {
    const { consumers } = await registry.ask<{ consumers: Consumer[] }>(service, 'consumers', {});
    for (const consumer of consumers.filter((one) => name === undefined || one.name === name)) {
      findings += await reconcileLogs(asking, service, consumer);
      if (flags.rows && consumer.rebuildable) findings += await compareRows(asking, consumer.name);
    }
  }
  asking.terminal.line(`${findings} findings`);
  return findings > 0 ? 1 : 0;
}

async function consumers({ registry, services, terminal }: Asked<object>): Promise<void> {
  const answers = await Promise.all(services.map((service) => registry.ask<{ consumers: Consumer[] }>(service, 'consumers', {})));
  const rows = answers.flatMap((answer) =>
    answer.consumers.map(({ name, kind, rebuildable, topics }) => [name, kind, rebuildable ? 'yes' : '', topics.map((topic) => topic.name).join(', ')]),
  );
  for (const line of table(['consumer', 'kind', 'rebuildable', 'reads'], rows)) terminal.line(line);
}

function position(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

export const replayCommand = (run: Run): Command =>
  new Command('replay')
    .description('apply events again that a projection has processed: first to see what would change, then with --apply')
    .argument('<consumer>', 'a projection, such as search.registry')
    .option('--topic <topic>', 'only this topic')
    .option('--partition <n>', 'only this partition', position)
    .option('--from-pos <n>', 'from this position on', position)
    .option('--to-pos <n>', 'up to this position', position)
    .option('--key <key>', 'only events of this key')
    .option('--type <type>', 'only events of this type')
    .option('--since <time>', 'only events from this time on, such as 2026-10-01T00:00:00Z')
    .option('--until <time>', 'only events before this time')
    .option('--apply', 'keep what is done')
    .requiredOption(...REASON)
    .action(run(replay));

export const rebuildCommand = (run: Run): Command =>
  new Command('rebuild')
    .description('build a projection anew from the logs, beside the live one, and let it take its place; may be broken off and run again')
    .argument('<consumer>', 'a projection, such as search.registry')
    .option('--abandon', 'drop what was built so far')
    .requiredOption(...REASON)
    .action(run(rebuild));

export const reconcileCommand = (run: Run): Command =>
  new Command('reconcile')
    .description("compare what consumers have done with their owners' logs; exit code 1 when something is found")
    .argument('[consumer]', 'only this one')
    .option('--rows', 'also build each projection anew and compare it row for row')
    .option('--reason <why>', 'kept with each comparison of rows', 'Reconciled on request.')
    .action(run(reconcile));

export const consumersCommand = (run: Run): Command => new Command('consumers').description('who reads what').action(run(consumers));
