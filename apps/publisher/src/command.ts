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
}

function institutionCode(text: string): string {
  if (!InstitutionCode.safeParse(text).success) throw new InvalidArgumentError('A code is 2 to 6 capital letters, such as BCIT.');
  return text;
}

function address(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:3000.');
  return text.replace(/\/+$/, '');
}

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
    .action(run);
}

/** Runs one command line to its exit code; what went wrong is said on the terminal. */
export async function runPublisher(
  argv: readonly string[],
  terminal: Terminal = terminalOf(process),
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const publish = publishCommand(environment, async (file, flags) => {
    const dataDir = resolve(environment['DATA_DIR'] ?? '.data');
    code = await publishFile({ file, dataDir, ...flags, dryRun: flags.dryRun ?? false, again: flags.again ?? false }, terminal);
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
