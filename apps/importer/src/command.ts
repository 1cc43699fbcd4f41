import { resolve } from 'node:path';
import { importStudy, importTransferGuide } from '@mcr/articulation';
import { isCalendarDate } from '@mcr/event-kit';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CannotRun } from './cannot-run.ts';
import { type ExitCode, type ImportOptions, importFile } from './import-file.ts';
import { readStudyFile } from './reading/study-file.ts';
import { readTransferGuide } from './reading/transfer-guide-rows.ts';
import { fetchEntries } from './registry/directory.ts';
import { write } from './report/lines.ts';
import { type Terminal, terminalOf } from './report/terminal.ts';

type Flags = Omit<ImportOptions, 'file' | 'dataDir' | 'publish'> & { readonly publish?: boolean };
interface StudyFlags extends Flags {
  readonly program: string;
  readonly from: string;
  readonly rowCredit: number | 'AS_SENT';
  readonly destination: 'MICRO_CREDENTIAL' | 'CERTIFICATE' | 'DIPLOMA' | 'DEGREE';
}

function address(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new InvalidArgumentError('Expected an address such as http://127.0.0.1:3000.');
  return text.replace(/\/+$/, '');
}

function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('Expected a day such as 2026-09-01.');
  return text;
}

function rowCredit(text: string): number | 'AS_SENT' {
  if (text === 'as-sent') return 'AS_SENT';
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(text) || Number(text) === 0 || Number(text) > 60) throw new InvalidArgumentError('Expected credits such as 3, or as-sent.');
  return Number(text);
}

/** Runs one command line to its exit code; what went wrong is said on the terminal. */
export async function runImporter(
  argv: readonly string[],
  terminal: Terminal = terminalOf(process),
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  // npm runs scripts in the folder of package.json; paths are meant from where the person stands.
  const path = (given: string): string => resolve(environment['INIT_CWD'] ?? process.cwd(), given);
  const withUrl = (command: Command): Command => command.option('--url <url>', 'the registry', address, `http://127.0.0.1:${environment['PORT'] || '3000'}`);
  const importing = (name: string, description: string): Command =>
    withUrl(new Command(name).description(description).argument('<file>', 'the file', path))
      .option('--publish', 'publish what is certain, as the ministry registrar; without it nothing is sent')
      .option('--listed <file.csv>', 'write what is left to a person into a CSV file', path)
      .option('--proposals <file.json>', 'write what was made of the rows into a JSON file', path)
      .option('--directory <file.json>', 'look institutions and programs up in this file instead of the registry', path);
  const optionsOf = (file: string, { publish = false, ...flags }: Flags): ImportOptions => ({
    ...flags,
    file,
    publish,
    dataDir: resolve(environment['DATA_DIR'] || '.data'),
  });

  const transferGuide = importing('transfer-guide', 'rows of the B.C. Transfer Guide (.csv or .json)').action(async (file: string, flags: Flags) => {
    code = await importFile(optionsOf(file, flags), async (from, directory) => importTransferGuide(await readTransferGuide(from), await directory()), terminal);
  });
  const study = importing('study', 'articulation as a study compiled it (.json)')
    .requiredOption('--program <name>', 'the program that the receivers ask for, such as "Computer Science"')
    .requiredOption('--from <date>', 'the first day of what is made: the rows do not say one', day)
    .requiredOption('--row-credit <credits>', 'what a receiver writes down for a row: a number, or as-sent for what the courses carry', rowCredit)
    .addOption(
      new Option('--destination <type>', 'what a learner has at the end').choices(['MICRO_CREDENTIAL', 'CERTIFICATE', 'DIPLOMA', 'DEGREE']).default('DEGREE'),
    )
    .action(async (file: string, { program, from, rowCredit: credit, destination, ...flags }: StudyFlags) => {
      const terms = { program, startDate: from, rowCredit: credit, destinationType: destination };
      code = await importFile(optionsOf(file, flags), async (read, directory) => importStudy(await readStudyFile(read), await directory(), terms), terminal);
    });
  const directory = withUrl(
    new Command('directory').description('write what the registry knows into a file, for runs without it').argument('<file>', 'the file', path),
  ).action(async (file: string, { url }: { readonly url: string }) => write(file, `${JSON.stringify(await fetchEntries(url), null, 1)}\n`));

  const commands = [transferGuide, study, directory];
  const program = new Command('importer').description(
    'makes agreements and pathways of articulation that others compiled; a dry run unless --publish is given',
  );
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) command.exitOverride().configureOutput({ writeOut: terminal.raw, writeErr: terminal.rawProblem });
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
