import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { CannotRun } from './cannot-run.ts';
import type { Asked } from './commands/asked.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { consumersCommand, rebuildCommand, reconcileCommand, replayCommand } from './commands/projections.ts';
import { actionsCommand, lagCommand } from './commands/standing.ts';
import { isServiceName, serviceNames } from './registry/addresses.ts';
import type { ServiceName } from './registry/addresses.ts';
import { Refused, Registry } from './registry/registry.ts';
import { terminalOf } from './terminal.ts';
import type { Terminal } from './terminal.ts';

function address(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:3000.');
  return text.replace(/\/+$/, '');
}

function service(text: string): ServiceName {
  if (!isServiceName(text)) throw new InvalidArgumentError(`The services are: ${serviceNames.join(', ')}.`);
  return text;
}

interface Everywhere {
  readonly url: string;
  readonly service?: ServiceName;
  readonly as: string;
}

/** Those that answer; what does not is said, and the rest is done all the same. */
async function servicesFor(registry: Registry, named: ServiceName | undefined, terminal: Terminal): Promise<readonly ServiceName[]> {
  if (named) return [named];
  const { services, problems } = await registry.reachable();
  for (const problem of problems) terminal.problem(problem);
  if (services.length === 0) throw new CannotRun('No service of the registry answers.');
  return services;
}

/** Runs one command line to its exit code: 0 done, 1 something remains or was found, 2 it could not be done. */
export async function runOperator(
  argv: readonly string[],
  terminal: Terminal = terminalOf(process),
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  let code = 0;
  const run =
    <F>(doing: (asked: Asked<F>, argument: never) => Promise<number | void>) =>
    async (...given: unknown[]): Promise<void> => {
      const command = given.at(-1) as Command;
      const flags = command.optsWithGlobals<Everywhere & F>();
      const registry = new Registry({ url: flags.url, dataDir: resolve(environment['DATA_DIR'] || '.data'), role: flags.as, environment });
      const services = await servicesFor(registry, flags.service, terminal);
      code = (await doing({ registry, terminal, flags, services }, command.args[0] as never)) ?? 0;
    };
  const program = new Command('operator')
    .description('runs the registry: events that were set aside, how far consumers are, what operators did')
    .option('--url <url>', "the registry's address", address, `http://127.0.0.1:${environment['PORT'] || '3000'}`)
    .option('--service <name>', 'only this service', service)
    .option('--as <role>', 'the role to sign in with: admin, or ministry-registrar to look and to confirm', 'admin')
    .addCommand(deadLettersCommand(run))
    .addCommand(replayCommand(run))
    .addCommand(rebuildCommand(run))
    .addCommand(reconcileCommand(run))
    .addCommand(lagCommand(run))
    .addCommand(consumersCommand(run))
    .addCommand(actionsCommand(run));
  for (const command of everyCommand(program)) command.exitOverride().configureOutput({ writeOut: terminal.raw, writeErr: terminal.rawProblem });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CannotRun || error instanceof Refused)) throw error;
    terminal.problem(error.message);
    return 2;
  }
}

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap((below) => everyCommand(below as Command))];
