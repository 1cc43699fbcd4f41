/** `npm run start:service -- NAME`: one service as a process of its own, on what `npm run start:distributed` prepared for it. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { environment, installWhatIsMissing, root } from './install.mjs';

const HELP = `npm run start:service -- NAME [--port PORT]

Starts one service again beside the others of npm run start:distributed, until Ctrl-C. With --port it is another instance of it.
  NAME      gateway, institutions, programs, awards, pathways or search

Environment
  DATA_DIR  where everything is kept (.data)
`;

const [name, option, port, ...more] = process.argv.slice(2);
const wellFormed = name !== undefined && (option === undefined || (option === '--port' && /^\d+$/.test(port ?? ''))) && more.length === 0;
if (name === '--help' || !wellFormed) {
  console.log(HELP);
  process.exit(name === '--help' ? 0 : 2);
}
const folder = resolve(process.env.DATA_DIR || `${root}.data`, 'services');
const file = `${folder}/${name}/environment`;
if (!/^[a-z]+$/.test(name) || !existsSync(file)) {
  const known = existsSync(folder) ? readdirSync(folder).filter((service) => existsSync(`${folder}/${service}/environment`)) : [];
  console.error(
    known.length > 0
      ? `There is no service "${name}" in ${folder}; there are ${known.join(', ')}.`
      : `Nothing is prepared in ${folder}: run npm run start:distributed first.`,
  );
  process.exit(2);
}

installWhatIsMissing();
// Settings come from the file alone: what this shell happens to set would make another process of it.
const machine = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'];
const own = Object.fromEntries(Object.entries(environment()).filter(([variable]) => machine.includes(variable)));
const service = spawn(
  `${root}node_modules/.bin/node`,
  [`--env-file=${file}`, '--disable-warning=TimeoutNegativeWarning', '--import', './tools/typescript.mjs', `apps/${name}/src/main.ts`],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...own, ...(port ? { LISTEN_PORT: port } : {}) },
  },
);
process.on('SIGINT', () => process.stdin.isTTY || service.kill('SIGINT'));
process.on('SIGTERM', () => service.kill('SIGTERM'));
service.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
