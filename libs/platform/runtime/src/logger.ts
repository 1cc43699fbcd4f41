import { pino } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';

/** Structured logs. Pass facts that name things by their ids; never bodies, tokens or anything of a learner. */
export abstract class Logger {
  abstract debug(facts: object, message: string): void;
  abstract info(facts: object, message: string): void;
  abstract warn(facts: object, message: string): void;
  abstract error(facts: object, message: string): void;
  abstract flush(): void;
}

/** An error as it may be logged: where it came from, but not the parameters, detail or statement that drivers attach. */
function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack?.split('\n').slice(1, 8).join('\n'),
  };
}

const SECRET_MEMBERS = ['authorization', 'token', 'password', 'client_assertion', 'learner', 'identifiers', 'name', 'data', 'body'];

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: errorFacts },
    redact: { paths: SECRET_MEMBERS.flatMap((member) => [member, `*.${member}`]), censor: '[removed]' },
  };
  const logger: PinoLogger = destination ? pino(options, destination) : pino(options, pino.destination({ dest: 2, sync: true }));
  return logger as unknown as Logger;
}
