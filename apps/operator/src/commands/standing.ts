import { Command } from 'commander';
import type { Action, Lag } from '../registry/answers.ts';
import { table } from '../terminal.ts';
import type { Asked, Run } from './asked.ts';

async function lag({ registry, terminal, services }: Asked<object>): Promise<number> {
  const answers = await Promise.all(services.map((service) => registry.ask<{ lag: Lag[] }>(service, 'lag', {})));
  const lags = answers.flatMap((answer) => answer.lag);
  const rows = lags.map(({ consumer, topic, behind, lastAppendedAt }) => [consumer, topic, String(behind), lastAppendedAt ?? '']);
  for (const line of table(['consumer', 'topic', 'behind', 'newest event'], rows)) terminal.line(line);
  const behind = lags.reduce((sum, one) => sum + one.behind, 0);
  terminal.line(`${behind} events behind`);
  return behind > 0 ? 1 : 0;
}

async function actions({ registry, terminal, services, flags }: Asked<{ readonly limit: string }>): Promise<void> {
  const answers = await Promise.all(services.map((service) => registry.ask<{ actions: Action[] }>(service, 'actions', { limit: Number(flags.limit) })));
  const rows = answers
    .flatMap((answer) => answer.actions)
    .sort((one, other) => (one.at < other.at ? 1 : -1))
    .map(({ at, who, action, consumer, topic, partition, pos, reason, outcome }) => [
      ...[
        at,
        who,
        action,
        consumer,
        topic === undefined ? '' : `${topic}${partition === undefined ? '' : `/${partition}`}${pos === undefined ? '' : `@${pos}`}`,
      ],
      ...[reason, JSON.stringify(outcome ?? {})],
    ]);
  for (const line of table(['at', 'who', 'action', 'consumer', 'place', 'reason', 'outcome'], rows)) terminal.line(line);
}

export const lagCommand = (run: Run): Command => new Command('lag').description('how far each consumer is behind; exit code 1 while one is').action(run(lag));

export const actionsCommand = (run: Run): Command =>
  new Command('actions').description('what operators did, the newest first').option('--limit <n>', 'at most so many of a service', '50').action(run(actions));
