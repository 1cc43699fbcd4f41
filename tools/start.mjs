/** `npm start`: installs what is missing, then runs the whole province in one process. `--fresh` begins with empty data. */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { environment, installWhatIsMissing, root } from './install.mjs';

const HELP = `npm start [-- --fresh]

Runs the registry with the demonstration province until Ctrl-C.
  --fresh   begin with empty data: removes the data folder first

Environment
  PORT      the port of every face (3000)
  HOST      the address to listen on (127.0.0.1)
  DATA_DIR  where everything is kept (.data)
  DEMO=off  without the demonstration data
`;

const known = ['--fresh', '--help'];
const unknown = process.argv.slice(2).filter((argument) => !known.includes(argument));
if (unknown.length > 0 || process.argv.includes('--help')) {
  if (unknown.length > 0) console.error(`Not known: ${unknown.join(' ')}\n`);
  console.log(HELP);
  process.exit(unknown.length > 0 ? 2 : 0);
}

function removeData() {
  const folder = resolve(process.env.DATA_DIR || `${root}.data`);
  if (!existsSync(folder)) return;
  if (!existsSync(`${folder}/secrets`)) {
    console.error(`${folder} does not look like a data folder of the registry (it has no "secrets"); nothing was removed.`);
    process.exit(2);
  }
  if (existsSync(`${folder}/in-use`)) {
    console.error(`A registry runs on ${folder}, or was killed there. Stop it, or start and stop it once without --fresh; nothing was removed.`);
    process.exit(2);
  }
  // Where the database had to lie elsewhere, the folder holds a link to it.
  const database = `${folder}/postgres`;
  if (existsSync(database)) rmSync(realpathSync(database), { recursive: true });
  rmSync(folder, { recursive: true });
}

installWhatIsMissing();
if (process.argv.includes('--fresh')) removeData();
const registry = spawn(`${root}node_modules/.bin/node`, ['--import', './tools/typescript.mjs', 'apps/all/src/main.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { NODE_ENV: 'production', ...environment() },
});

// A terminal sends SIGINT to the whole group; what only this process gets is passed on. The registry decides when it is over.
process.on('SIGINT', () => process.stdin.isTTY || registry.kill('SIGINT'));
process.on('SIGTERM', () => registry.kill('SIGTERM'));
registry.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
