import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Note, Reply, Request, Requests } from './protocol.ts';

const typescript = new URL('../../../../../tools/typescript.mjs', import.meta.url);

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** A process of its own that a test asks to do things. */
export class Child {
  readonly exited: Promise<void>;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #said = '';
  #requests = 0;
  #onNote: (note: Note) => void = () => undefined;

  private constructor(script: string, carrier: string) {
    const { NODE_OPTIONS: _, ...env } = process.env;
    this.#process = spawn(process.execPath, ['--max-old-space-size=160', '--import', typescript.href, fileURLToPath(new URL(script, import.meta.url))], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...env, MCR_TEST_CARRIER: carrier },
    });
    this.#process.stderr!.on('data', (text) => (this.#said = (this.#said + String(text)).slice(-20_000)));
    this.#process.on('message', (message: Reply | Note) => ('id' in message ? this.#settle(message) : this.#onNote(message)));
    this.exited = new Promise((resolve) => this.#process.once('exit', () => resolve()));
    void this.exited.then(() => this.#rejectAll(new Error(`The process ended. It said last:\n${this.#said}`)));
  }

  /** `carrier` is the address of the module that makes the carrier under test. Resolves when the process can be asked. */
  static async start(script: 'producer-process.ts' | 'consumer-process.ts', carrier: string): Promise<Child> {
    const child = new Child(script, carrier);
    await new Promise((resolve, reject) => child.#waiting.set(0, { resolve, reject }));
    return child;
  }

  /** The one who is told what the process says unasked. */
  onNote(listener: (note: Note) => void): void {
    this.#onNote = listener;
  }

  ask<C extends keyof Requests>(command: C, input: Requests[C][0]): Promise<Requests[C][1]> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, command, input } satisfies Request, (error) => error && reject(error));
    });
  }

  get pid(): number {
    return this.#process.pid!;
  }

  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** What it wrote to standard error, the last of it. */
  get said(): string {
    return this.#said;
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.exited;
  }

  #settle({ id, result, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(error));
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
