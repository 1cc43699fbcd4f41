/** `npm test`: installs what is missing, then lets the project's own Node run every check. */
import { spawn } from 'node:child_process';
import { environment, installWhatIsMissing, root } from './install.mjs';

installWhatIsMissing();
const run = spawn(`${root}node_modules/.bin/node`, ['--import', './tools/typescript.mjs', 'tools/run-checks.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: environment(),
});
run.on('exit', (code) => process.exit(code ?? 1));
