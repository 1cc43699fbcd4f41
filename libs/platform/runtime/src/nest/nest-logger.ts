import type { LoggerService } from '@nestjs/common';
import type { Logger } from '../logger.ts';

const text = (message: unknown): string => (message instanceof Error ? message.message : String(message));

/** What Nest itself has to say, in the one log of the process. Its news of a start that goes well is left out. */
export const nestLogger = (log: Logger): LoggerService => ({
  log: () => undefined,
  warn: (message: unknown, context?: unknown) => log.warn({ context }, text(message)),
  error: (message: unknown, ...more: unknown[]) => log.error({ context: more.at(-1), ...(message instanceof Error ? { err: message } : {}) }, text(message)),
});
