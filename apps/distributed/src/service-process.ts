import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PreparedProcess } from '@mcr/runtime';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const LONGEST_PAUSE_MS = 30_000;
/** Who ran for this long did not fall over its own start. */
const STEADY_MS = 30_000;
const STOP_MS = 30_000;

/** Of this process's environment a service gets what the machine needs, and no setting: those are its own. */
const OF_THE_MACHINE = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'];

/** The Kafka client computes a pause as a time of the clock now and then; Node would tell of each. */
const QUIET = '--disable-warning=TimeoutNegativeWarning';

const WARNING = 40;

/** How bad a line of a service's log is, as pino counts; undefined for what it tells whoever started it. */
function levelOf(line: string): number | undefined {
  if (!line.startsWith('{"level":')) return undefined;
  return Number(/^\{"level":(\d+)/.exec(line)?.[1]);
}

/** One service as a child process. Started again when it dies; left alone when somebody stopped it. */
export class ServiceProcess {
  readonly service: string;
  readonly #prepared: PreparedProcess;
  readonly #say: (message: string) => void;
  #child: ChildProcess | undefined;
  #stopping = false;
  #deathsInARow = 0;
  #startedAt = 0;
  #again: NodeJS.Timeout | undefined;

  constructor(prepared: PreparedProcess, say: (message: string) => void) {
    this.service = prepared.service;
    this.#prepared = prepared;
    this.#say = say;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    if (this.#stopping) return;
    const machine = Object.fromEntries(OF_THE_MACHINE.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
    // A group of its own: Ctrl-C is for this process, which stops the others in order. The channel tells it when this process is gone.
    const child = spawn(process.execPath, [QUIET, '--import', './tools/typescript.mjs', `apps/${this.service}/src/main.ts`], {
      cwd: root,
      env: { ...machine, ...this.#prepared.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#child = child;
    this.#startedAt = Date.now();
    this.#listenTo(child);
    child.once('error', (error) => this.#say(`${this.service} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => this.#ended(code, signal));
  }

  /** All that it says goes to a file; what needs somebody's eyes is shown too. That others are away at a start needs nobody's. */
  #listenTo(child: ChildProcess): void {
    const file = createWriteStream(join(this.#prepared.folder, 'output.log'), { flags: 'a', mode: 0o600 });
    child.once('close', () => file.end());
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface(stream).on('line', (line) => {
        file.write(`${line}\n`);
        if ((levelOf(line) ?? Infinity) > WARNING) this.#say(`${this.service}: ${line}`);
      });
    }
  }

  /** Asks it to stop in order and waits until it has; a process that does not is ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#again);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const impatience = setTimeout(() => {
        this.#say(`${this.service} does not stop within ${STOP_MS / 1000} s and is ended.`);
        child.kill('SIGKILL');
      }, STOP_MS);
      child.once('exit', () => {
        clearTimeout(impatience);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#stopping) return;
    if (code === 0 || signal === 'SIGTERM' || signal === 'SIGINT') {
      this.#say(`${this.service} was stopped; the others go on. Start it again: npm run start:service -- ${this.service}`);
      return;
    }
    this.#deathsInARow = Date.now() - this.#startedAt > STEADY_MS ? 1 : this.#deathsInARow + 1;
    const pause = Math.min(500 * 2 ** (this.#deathsInARow - 1), LONGEST_PAUSE_MS);
    this.#say(`${this.service} has ended (${signal ?? `exit ${code}`}) and is started again in ${pause / 1000} s.`);
    this.#again = setTimeout(() => this.start(), pause);
  }
}
