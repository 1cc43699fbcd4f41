import type { AtFaultPoint, MessagingLog } from '../../src/index.ts';
import type { Death, Note, Reply, Request, Requests } from './protocol.ts';

type Handlers = { [C in keyof Requests]?: (input: Requests[C][0]) => Promise<Requests[C][1]> | Requests[C][1] };

export const tell = (note: Note): void => void process.send!(note);

/** Answers the requests of the test that started this process, and ends with it. */
export function serve(handlers: Handlers): void {
  process.on('disconnect', () => process.exit());
  process.on('message', ({ id, command, input }: Request) => {
    const handler = handlers[command] as ((input: unknown) => unknown) | undefined;
    const answer = async (): Promise<unknown> => {
      if (!handler) throw new Error(`This process does not understand ${command}.`);
      return handler(input);
    };
    answer().then(
      (result) => process.send!({ id, result } satisfies Reply),
      (error: unknown) => process.send!({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Reply),
    );
  });
  process.send!({ id: 0 } satisfies Reply);
}

/** Kills this process where it stands, without a chance to tidy up. */
export function dyingAt(death: Death | undefined): AtFaultPoint {
  let passed = 0;
  return (point) => {
    if (point !== death?.point) return;
    passed += 1;
    if (passed < death.nth) return;
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  };
}

const write = (facts: object, message: string): void => {
  const { err } = facts as { err?: Error };
  process.stderr.write(`${message} ${JSON.stringify(facts)} ${err?.message ?? ''}\n`);
};

/** To standard error, which the test shows when something went wrong. */
export const log: MessagingLog = { info: write, warn: write, error: write };
