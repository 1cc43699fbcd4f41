import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
  readonly clients: number;
}

export interface LoadResult {
  readonly ms: number;
  readonly latencies: readonly number[];
  readonly statuses: readonly (readonly [status: number, count: number])[];
}

/** A client in another process. */
export class LoadClient {
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<LoadClient> {
    const child = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)), { execArgv: process.execArgv, serialization: 'advanced' });
    await once(child, 'message');
    return new LoadClient(child);
  }

  /** @throws when any answer had another status than expected. */
  async run(load: Load, expectedStatus: number): Promise<LoadResult> {
    const answered = once(this.child, 'message') as Promise<[LoadResult]>;
    this.child.send(load);
    const [result] = await answered;
    const others = result.statuses.filter(([status]) => status !== expectedStatus);
    if (others.length > 0) throw new Error(`Answers other than ${expectedStatus}: ${JSON.stringify(others)}`);
    return result;
  }

  stop(): void {
    this.child.kill();
  }
}
