import { resolve } from 'node:path';
import { InstitutionCode } from '@mcr/event-kit';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { CannotRun } from './cannot-run.ts';
import { publishFile, type ExitCode } from './publish-file.ts';
import { terminalOf, type Terminal } from './report/terminal.ts';

interface Flags {
  readonly institution: string;
  readonly dryRun?: true;
  readonly errors?: string;
  readonly url: string;
  readonly key?: string;
  readonly clientId?: string;
  readonly wait: boolean;
  readonly again?: true;
  readonly kafka?: true;
  readonly brokers: readonly string[];
}

function institutionCode(text: string): string {
  if (!InstitutionCode.safeParse(text).success) throw new InvalidArgumentError('A code is 2 to 6 capital letters, such as BCIT.');
  return text;
}

function address(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:3000.');
  return text.replace(/\/+$/, '');
}

function brokerAddresses(text: string): string[] {
  const brokers = text.split(',').map((broker) => broker.trim());
  if (!brokers.every((broker) => /^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/i.test(broker)))
    throw new InvalidArgumentError('Expected host:port, or several with commas.');
  return brokers;
}

/** Where institutions reach the Kafka that runs with the registry on this machine. */
const BROKERS_HERE = '127.0.0.1:9094';

/** npm runs scripts in the folder of package.json; paths are meant from where the person stands. */
const pathFrom = (environment: NodeJS.ProcessEnv) => (path: string) => resolve(environment['INIT_CWD'] ?? process.cwd(), path);

function publishCommand(environment: NodeJS.ProcessEnv, run: (file: string, flags: Flags) => Promise<void>): Command {
  const path = pathFrom(environment);
  return new Command('publish')
    .description('publish a file of awards (.csv, or .jsonl with one record a line) and show the outcome of every record')
    .argument('<file>', 'the file', path)
    .requiredOption('--institution <code>', 'the institution that awards, such as BCIT', institutionCode)
    .option('--dry-run', 'check what can be checked without the registry, and send nothing')
    .option('--errors <file.csv>', 'write every fault into a CSV file', path)
    .option('--url <url>', 'the registry', address, `http://127.0.0.1:${environment['PORT'] ?? '3000'}`)
    .option('--key <file>', "the private key of the institution's client as JWK (default: DATA_DIR/clients/CODE.jwk)", path)
    .option('--client-id <id>', "the institution's client (default: <code>-publisher)")
    .option('--no-wait', 'do not wait for records that the registry has not decided yet')
    .option('--again', 'have records decided anew that were refused for a reason outside the file')
    .option('--kafka', "write to the institution's topic on Kafka and read the outcomes there, instead of over HTTPS")
    .option(
      '--brokers <host:port,…>',
      'where institutions reach Kafka',
      brokerAddresses,
      brokerAddresses(environment['KAFKA_INSTITUTIONS_BROKERS'] || BROKERS_HERE),
    )
    .action(run);
}

/** Runs one command line to its exit code; what went wrong is said on the terminal. */
export async function runPublisher(
  argv: readonly string[],
  terminal: Terminal = terminalOf(process),
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const publish = publishCommand(environment, async (file, { kafka, brokers, ...flags }) => {
    const dataDir = resolve(environment['DATA_DIR'] ?? '.data');
    const options = { file, dataDir, ...flags, dryRun: flags.dryRun ?? false, again: flags.again ?? false };
    code = await publishFile({ ...options, ...(kafka ? { brokers } : {}) }, terminal);
  });
  const program = new Command('publisher').description('publishes the awards of an institution in the micro-credential registry').addCommand(publish);
  for (const command of [program, publish]) command.exitOverride().configureOutput({ writeOut: terminal.raw, writeErr: terminal.rawProblem });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CannotRun)) throw error;
    terminal.problem(error.message);
    return 2;
  }
}
