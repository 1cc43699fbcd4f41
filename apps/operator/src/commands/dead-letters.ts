import { Command } from 'commander';
import { CannotRun } from '../cannot-run.ts';
import type { ServiceName } from '../registry/addresses.ts';
import type { DeadLetter, DeadLetters, Redriven, ShownDeadLetter } from '../registry/answers.ts';
import { Refused } from '../registry/registry.ts';
import { table } from '../terminal.ts';
import { serviceOf } from './projections.ts';
import { REASON } from './asked.ts';
import type { Asked, Flags, Run } from './asked.ts';

type KeyFlags = Flags & { readonly consumer?: string; readonly topic?: string; readonly key?: string };

const lineOf = (service: ServiceName, { id, consumer, topic, partition, pos, type, reason, parked, buriedAt, discardAskedBy }: DeadLetter): string[] => [
  id,
  service,
  consumer,
  `${topic}/${partition}@${pos}`,
  type.replace(/^ca\.bc\.mcr\./, ''),
  reason,
  String(parked),
  buriedAt,
  discardAskedBy.length > 0 ? `asked by ${discardAskedBy.join(', ')}` : '',
];

async function list({ registry, terminal, flags, services }: Asked<KeyFlags & { readonly limit: string }>): Promise<void> {
  const { consumer, topic, key, limit } = flags;
  const pages = await Promise.all(
    services.map(
      async (service) => [service, await registry.ask<DeadLetters>(service, 'deadLetters', { consumer, topic, key, limit: Number(limit) })] as const,
    ),
  );
  const rows = pages.flatMap(([service, { letters }]) => letters.map((letter) => lineOf(service, letter)));
  const total = pages.reduce((sum, [, page]) => sum + page.total, 0);
  if (rows.length > 0)
    for (const line of table(['id', 'service', 'consumer', 'place', 'event', 'reason', 'parked', 'since', 'discard'], rows)) terminal.line(line);
  for (const [, { waiting }] of pages)
    for (const one of waiting)
      terminal.line(`${one.parked} events still wait: redrive --consumer ${one.consumer} --topic ${one.topic} --key ${one.key} --reason …`);
  terminal.line(`${total} dead letters${rows.length < total ? `, ${rows.length} shown` : ''}`);
}

/** Ids are unique in the whole registry, so nobody need say whose letter it is. */
async function whereIs(asking: Asked<Flags>, id: string): Promise<{ service: ServiceName; letter: ShownDeadLetter }> {
  for (const service of asking.services) {
    try {
      return { service, letter: await asking.registry.ask<ShownDeadLetter>(service, 'deadLetter', { id }) };
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'NOT_FOUND') throw error;
    }
  }
  throw new CannotRun(`There is no dead letter ${id}; it may have been redriven or discarded.`);
}

async function show(asking: Asked<Flags>, id: string): Promise<void> {
  const { service, letter } = await whereIs(asking, id);
  const { event, ...facts } = letter;
  for (const [name, value] of Object.entries({ service, ...facts }))
    asking.terminal.line(`${name.padEnd(16)}${Array.isArray(value) ? value.join(', ') : value}`);
  asking.terminal.line(event ? JSON.stringify(event, null, 2) : 'What is stored is no event, and is not shown.');
}

/** Repeats until nothing of the key remains or one event fails. Returns the exit code. */
async function untilDone({ registry, terminal, flags }: Asked<Flags>, service: ServiceName, first: Redriven): Promise<number> {
  let part = first;
  let { applied } = part;
  while (part.remaining > 0 && !part.failed && part.applied > 0) {
    terminal.progress(`${applied} events applied, ${part.remaining} remain`);
    const { consumer, topic, key } = part;
    part = await registry.ask<Redriven>(service, 'redrive', { consumer, topic, key, reason: flags.reason });
    applied += part.applied;
  }
  terminal.line(`${applied} events applied, ${part.remaining} remain`);
  if (part.failed) terminal.problem(`The event at position ${part.failed.pos} failed (${part.failed.reason}); it is the dead letter of its key now.`);
  return part.remaining > 0 ? 1 : 0;
}

async function redrive(asking: Asked<KeyFlags>, id: string | undefined): Promise<number> {
  const { registry, flags } = asking;
  const { consumer, topic, key, reason } = flags;
  if (id !== undefined) {
    const { service } = await whereIs(asking, id);
    return untilDone(asking, service, await registry.ask<Redriven>(service, 'redrive', { id, reason }));
  }
  if (!consumer || !topic || !key) throw new CannotRun('Name the dead letter by its id, or a key by --consumer, --topic and --key.');
  const service = serviceOf(consumer);
  return untilDone(asking, service, await registry.ask<Redriven>(service, 'redrive', { consumer, topic, key, reason }));
}

async function discard(asking: Asked<Flags>, id: string): Promise<void> {
  const { service, letter } = await whereIs(asking, id);
  await asking.registry.ask(service, 'discard', { id, reason: asking.flags.reason });
  asking.terminal.line(
    `Asked to discard ${letter.type} at ${letter.topic}/${letter.partition}@${letter.pos}. Nothing is dropped before another person confirms:`,
  );
  asking.terminal.line(`  npm run -s operator -- dead-letters confirm ${id} --reason "…"`);
}

async function confirm(asking: Asked<Flags>, id: string): Promise<number> {
  const { service } = await whereIs(asking, id);
  const first = await asking.registry.ask<Redriven>(service, 'confirmDiscard', { id, reason: asking.flags.reason });
  asking.terminal.line('The event is dropped; what waited behind it is applied.');
  return untilDone(asking, service, first);
}

export function deadLettersCommand(run: Run): Command {
  const ofKey = (command: Command): Command =>
    command.option('--consumer <name>', 'such as search.registry').option('--topic <topic>', 'such as mcr.awards.v1').option('--key <key>', "the events' key");
  return new Command('dead-letters')
    .description('events that could not be processed, and the keys that wait behind them')
    .addCommand(
      ofKey(new Command('list').description('what was set aside; nothing of what the events say'))
        .option('--limit <n>', 'at most so many of a service', '50')
        .action(run(list)),
    )
    .addCommand(new Command('show').description('one of them, with everything personal masked').argument('<id>').action(run(show)))
    .addCommand(
      ofKey(new Command('redrive').description('apply it again with all that waits behind it, once its cause is mended'))
        .argument('[id]')
        .requiredOption(...REASON)
        .action(run(redrive)),
    )
    .addCommand(
      new Command('discard')
        .description('ask for this one event to be dropped; another person must confirm')
        .argument('<id>')
        .requiredOption(...REASON)
        .action(run(discard)),
    )
    .addCommand(
      new Command('confirm')
        .description('confirm, as the second person, that it is dropped')
        .argument('<id>')
        .requiredOption(...REASON)
        .action(run(confirm)),
    );
}
