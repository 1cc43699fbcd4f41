/**
 * `npm start` and `npm run start:distributed`: install what is missing, then run the province in one process, or each service in
 * its own. `--fresh` begins with empty data.
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { environment, installWhatIsMissing, root } from './install.mjs';

const distributed = process.argv[2] === '--distributed';

const HELP = distributed
  ? `npm run start:distributed [-- --fresh]

Runs Kafka, PostgreSQL and each service in a process of its own, with the demonstration province, until Ctrl-C.
  --fresh   begin with empty data: removes the data folder first, Kafka's too

Environment
  PORT      the port of the public face (3000); the services follow: institutions, programs, awards, pathways, search
  HOST      the address to listen on (127.0.0.1)
  DATA_DIR  where everything is kept (.data)
  DEMO=off  without the demonstration data
  KAFKA_PORT, KAFKA_INSTITUTIONS_PORT  where Kafka listens for services (9092) and institutions (9094)
  KAFKA_BROKERS  a broker that runs already, such as one of npm run kafka; then none is started
`
  : `npm start [-- --fresh]

Runs the registry with the demonstration province until Ctrl-C.
  --fresh   begin with empty data: removes the data folder first

Environment
  PORT      the port of every face (3000)
  HOST      the address to listen on (127.0.0.1)
  DATA_DIR  where everything is kept (.data)
  DEMO=off  without the demonstration data
`;

const given = process.argv.slice(distributed ? 3 : 2);
const unknown = given.filter((argument) => !['--fresh', '--help'].includes(argument));
if (unknown.length > 0 || given.includes('--help')) {
  if (unknown.length > 0) console.error(`Not known: ${unknown.join(' ')}\n`);
  console.log(HELP);
  process.exit(unknown.length > 0 ? 2 : 0);
}

function refuse(message) {
  console.error(`${message} Nothing was removed.`);
  process.exit(2);
}

function removeData() {
  if (distributed && process.env.KAFKA_BROKERS)
    refuse('--fresh cannot empty the Kafka of KAFKA_BROKERS: remove its mcr.* topics by hand, or leave --fresh out.');
  const folder = resolve(process.env.DATA_DIR || `${root}.data`);
  if (!existsSync(folder)) return;
  if (!existsSync(`${folder}/secrets`)) refuse(`${folder} does not look like a data folder of the registry (it has no "secrets").`);
  if (existsSync(`${folder}/in-use`)) refuse(`A registry runs on ${folder}, or was killed there. Stop it, or start and stop it once without --fresh.`);
  if (existsSync(`${folder}/kafka/kafka.pid`))
    refuse(`Kafka runs on ${folder}/kafka, or was killed there. Stop it, or start and stop it once without --fresh.`);
  // Where the database had to lie elsewhere, the folder holds a link to it.
  const database = `${folder}/postgres`;
  if (existsSync(database)) rmSync(realpathSync(database), { recursive: true });
  rmSync(folder, { recursive: true });
}

installWhatIsMissing();
if (given.includes('--fresh')) removeData();
const app = distributed ? 'distributed' : 'all';
const registry = spawn(`${root}node_modules/.bin/node`, ['--import', './tools/typescript.mjs', `apps/${app}/src/main.ts`], {
  cwd: root,
  stdio: 'inherit',
  env: { NODE_ENV: 'production', ...environment() },
});

// A terminal sends SIGINT to the whole group; what only this process gets is passed on. The registry decides when it is over.
process.on('SIGINT', () => process.stdin.isTTY || registry.kill('SIGINT'));
process.on('SIGTERM', () => registry.kill('SIGTERM'));
registry.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
