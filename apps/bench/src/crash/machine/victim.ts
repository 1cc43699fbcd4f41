import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FaultPoint } from '@mcr/messaging';
import type { DieAt, Told } from './protocol.ts';

const START_MS = 120_000;
const STOP_MS = 30_000;

export interface VictimOptions {
  readonly name: string;
  readonly services: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Where everything goes that it says. */
  readonly logFile: string;
}

/** One process of the registry, which is killed and started again. */
export class Victim {
  readonly name: string;
  readonly #options: VictimOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();

  constructor(options: VictimOptions) {
    this.#options = options;
    this.name = options.name;
  }

  /** Resolves when it runs. Starts it once more when it ends before, as whoever supervises processes would. */
  async start(): Promise<void> {
    for (const until = Date.now() + START_MS; ; await delay(200)) {
      if (await this.#startOnce()) return;
      if (Date.now() > until) throw new Error(`${this.name} does not start. What it said is in ${this.#options.logFile}.`);
    }
  }

  /** Ends it at once, whatever it does. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  /** Ends it when it comes by a place for the nth time. False when it did not come by in time, and lives. */
  async diesAt(point: FaultPoint, nth: number, withinMs: number): Promise<boolean> {
    const exited = this.#exited.then(() => true);
    this.#child!.send({ point, nth } satisfies DieAt);
    return Promise.race([exited, delay(withinMs, false)]);
  }

  /** Asks for an orderly stop. Resolves with whether that is what it came to. */
  async stop(): Promise<boolean> {
    this.#child?.kill('SIGTERM');
    const inTime = await Promise.race([this.#exited.then(() => true), delay(STOP_MS, false)]);
    if (!inTime) await this.kill();
    return inTime && this.#child?.exitCode === 0;
  }

  async #startOnce(): Promise<boolean> {
    const { services, environment, logFile } = this.#options;
    const child = fork(fileURLToPath(new URL('victim-process.ts', import.meta.url)), [...services], {
      execArgv: process.execArgv,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout!.pipe(log, { end: false });
    child.stderr!.pipe(log, { end: false });
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once('exit', () => (log.end(), resolve())));
    const running = new Promise<boolean>((resolve) => child.on('message', (told: Told) => told === 'running' && resolve(true)));
    const inTime = await Promise.race([running, this.#exited.then(() => false), delay(START_MS, false)]);
    if (!inTime) await this.kill();
    return inTime;
  }
}
