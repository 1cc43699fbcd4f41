import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A small heap and the quick compiler: ready in three seconds, at the price of speed that a laptop does not need. */
const MEMORY = ['-Xms128m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseG1GC'];
/** Warnings, and whom the broker refused what: whoever looks after it must see who tries another institution's topic. */
const LOGGING = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.log.kafka.authorizer.logger=info',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
];

export interface JavaProgram {
  readonly classPath: string;
  readonly mainClass: string;
  readonly parameters: readonly string[];
  readonly systemProperties?: readonly string[];
  readonly logFile: string;
}

/** A process of its own group: a terminal's Ctrl-C reaches whoever started it, who then stops it in order. */
export class JavaProcess {
  readonly pid: number;
  readonly ended: Promise<number | null>;
  readonly #logFile: string;
  #running = true;

  constructor({ classPath, mainClass, parameters, systemProperties = [], logFile }: JavaProgram) {
    const log = openSync(logFile, 'a');
    const child = spawn('java', [...MEMORY, ...LOGGING, ...systemProperties, '-cp', classPath, mainClass, ...parameters], {
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.#logFile = logFile;
    this.pid = child.pid ?? 0;
    this.ended = new Promise((resolve) => {
      child.once('error', () => resolve(127));
      child.once('exit', (code) => resolve(code));
    });
    void this.ended.then(() => (this.#running = false));
  }

  get running(): boolean {
    return this.#running;
  }

  /** The end of what it wrote. */
  lastWords(): string {
    return readFileSync(this.#logFile, 'utf8').slice(-3000);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#running) process.kill(this.pid, signal);
  }
}

const commandOf = (pid: number): string => spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;

/** Ends a process that an earlier, killed parent left behind, if it is still the one that `mark` names in its command line. */
export async function endLeftProcess(pid: number, mark: string): Promise<void> {
  for (let waited = 0; commandOf(pid).includes(mark); waited += 1) {
    process.kill(pid, waited < 100 ? 'SIGTERM' : 'SIGKILL');
    await delay(100);
  }
}
