/** The first step of every command: plain JavaScript without dependencies, for whatever Node the machine has. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = 20;
const stamp = `${root}node_modules/.installed`;

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');

/** Installs what the lockfile says, unless that has happened already. Ends the process with a message when it cannot. */
export function installWhatIsMissing() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    console.error(`Node ${OLDEST_NODE} or later is needed to begin with; this is ${process.version}.`);
    process.exit(1);
  }
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return;
  console.log('Installing what is missing (about a minute, once) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed; its message is above.');
    process.exit(1);
  }
  writeFileSync(stamp, lockHash());
}

/** The environment in which the project's own Node 24 and its tools come first. */
export const environment = () => ({ ...process.env, PATH: `${root}node_modules/.bin:${process.env.PATH}`, NX_DAEMON: 'false', NX_TUI: 'false' });
