import { resolve } from 'node:path';
import { Instant } from '@mcr/event-kit';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { CannotRun } from './cannot-run.ts';
import { STANDARD_INPUT, readPresented } from './read-presented.ts';
import { linesOf } from './report/lines.ts';
import { terminalOf, type Terminal } from './report/terminal.ts';
import { verifyOffline } from './verify-offline.ts';

/** VALID, or everything was fetched; any other verdict; no verdict, or something could not be fetched. */
export type ExitCode = 0 | 1 | 2;

interface Flags {
  readonly trust?: string;
  readonly fetchTrust?: string;
  readonly url?: string;
  readonly asOf?: Date;
  readonly json?: true;
}

/** What a run finds around it. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  readonly input: AsyncIterable<Uint8Array | string>;
  readonly clock: () => Date;
}

function address(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:3000.');
  return text.replace(/\/+$/, '');
}

function instant(text: string): Date {
  if (!Instant.safeParse(text).success) throw new InvalidArgumentError('Expected an instant such as 2026-10-01T09:00:00-07:00.');
  return new Date(text);
}

async function verify(files: readonly string[], dir: string, { asOf, url, json }: Flags, { terminal, input, clock }: Surroundings): Promise<ExitCode> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new CannotRun('Name one file with a credential, or - for standard input.');
  if (url !== undefined) throw new CannotRun('--url is for --fetch-trust: a verification with --trust asks nobody.');
  const verification = await verifyOffline(await readPresented(file, input), dir, { now: clock(), ...(asOf ? { asOf } : {}) });
  if (json) terminal.raw(`${JSON.stringify({ offline: true, ...verification }, null, 2)}\n`);
  else for (const line of linesOf(verification, { asOf })) terminal.line(line);
  return verification.verdict === 'VALID' ? 0 : 1;
}

async function fetchInto(dir: string, files: readonly string[], flags: Flags, { terminal, environment, input, clock }: Surroundings): Promise<ExitCode> {
  if (flags.asOf || flags.json) throw new CannotRun('--as-of and --json are for --trust: nothing is verified while trust is fetched.');
  const url = flags.url ?? `http://127.0.0.1:${environment['PORT'] || '3000'}`;
  const credentials = [];
  for (const name of files) credentials.push({ name, presented: await readPresented(name, input) });
  // Loaded here, because a verification has no use for a network.
  const { fetchTrust } = await import('./fetching/fetch-trust.ts');
  const { lists, problems } = await fetchTrust(dir, url, credentials, clock);
  for (const problem of problems) terminal.problem(problem);
  terminal.line(`${dir}: issuers and their DID documents, and ${lists} status lists${problems.length > 0 ? `, but ${problems.length} were not fetched` : ''}`);
  return problems.length > 0 ? 2 : 0;
}

function commandLine(environment: NodeJS.ProcessEnv, run: (files: readonly string[], flags: Flags) => Promise<void>): Command {
  // npm runs scripts in the folder of package.json; paths are meant from where the person stands.
  const path = (given: string): string => resolve(environment['INIT_CWD'] ?? process.cwd(), given);
  const file = (given: string, before: readonly string[] = []): string[] => [...before, given === STANDARD_INPUT ? given : path(given)];
  return new Command('verify')
    .description('verifies a digital credential without a network, by what was saved of the registry before')
    .argument('[files...]', 'a credential: JSON, a JWT, a PNG or SVG picture with one inside, or - for standard input', file)
    .option('--trust <dir>', 'verify with what was saved in this folder')
    .option('--fetch-trust <dir>', 'save there what verifications need: issuers, DID documents, and the status lists of the files')
    .option('--url <url>', 'the registry that --fetch-trust asks (default: http://127.0.0.1:3000)', address)
    .option('--as-of <instant>', 'ask about this instant instead of now', instant)
    .option('--json', 'answer with one JSON object')
    .addHelpText('after', '\nExit code: 0 VALID, or all was fetched; 1 any other verdict; 2 no verdict, or something was not fetched.')
    .action((files: readonly string[], { trust, fetchTrust, ...flags }: Flags) =>
      run(files, { ...flags, ...(trust === undefined ? {} : { trust: path(trust) }), ...(fetchTrust === undefined ? {} : { fetchTrust: path(fetchTrust) }) }),
    );
}

/** Runs one command line to its exit code; what went wrong is said on the terminal. */
export async function runVerifier(argv: readonly string[], given: Partial<Surroundings> = {}): Promise<ExitCode> {
  const around = { terminal: terminalOf(process), environment: process.env, input: process.stdin, clock: () => new Date(), ...given };
  const { terminal } = around;
  let code: ExitCode = 0;
  const program = commandLine(around.environment, async (files, flags) => {
    const { trust, fetchTrust } = flags;
    if (trust !== undefined && fetchTrust !== undefined) throw new CannotRun('--fetch-trust and --trust are two runs: first fetch, then verify.');
    if (fetchTrust !== undefined) code = await fetchInto(fetchTrust, files, flags, around);
    else if (trust !== undefined) code = await verify(files, trust, flags, around);
    else throw new CannotRun('Name the folder to verify with: --trust DIR. verify --fetch-trust DIR --url URL FILE saves one; --help says more.');
  });
  program.exitOverride().configureOutput({ writeOut: terminal.raw, writeErr: terminal.rawProblem });
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
