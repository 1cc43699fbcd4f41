import { DataFolderInUse, MigrationRefused } from '@mcr/database';
import { readSettings, SettingsError } from './settings.ts';
import type { ServiceDefinition } from './define-service.ts';
import { run } from './run.ts';
import type { RunOptions, RunningRegistry } from './run.ts';

/** Errors whose message says all that a person needs; anything else is shown with its stack. */
const saysItAll = (error: unknown): error is Error =>
  error instanceof SettingsError ||
  error instanceof DataFolderInUse ||
  error instanceof MigrationRefused ||
  (error as NodeJS.ErrnoException)?.code === 'EADDRINUSE';

const endAtOnce = (): never => process.exit(1);

function failed(error: unknown): never {
  console.error(saysItAll(error) ? error.message : error);
  process.exit(1);
}

/**
 * The one place that reacts to signals. The first asks for an orderly stop, the third ends the process where it stands.
 * A process that was started by another stops when that one is gone: it must not stay behind on its port.
 */
function stopOnSignals(registry: RunningRegistry): void {
  let asked = 0;
  const stop = (): void => {
    asked += 1;
    if (asked === 3) process.exit(130);
    if (asked > 1) return;
    console.log('Stopping: finishing what is in hand …');
    registry.close().then(() => process.exit(0), failed);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.off('disconnect', endAtOnce);
  process.on('disconnect', stop);
}

/**
 * The body of every app: reads the environment, runs the services until a signal comes, and then stops them in order.
 * `afterStart` is for what belongs to a running registry, such as the demonstration data.
 */
export async function main(
  services: readonly ServiceDefinition[],
  afterStart?: (registry: RunningRegistry) => Promise<void>,
  options: Partial<RunOptions> = {},
): Promise<void> {
  process.once('disconnect', endAtOnce);
  try {
    const registry = await run(services, { settings: readSettings(process.env), onProgress: (message) => console.log(message), ...options });
    stopOnSignals(registry);
    await afterStart?.(registry);
  } catch (error) {
    failed(error);
  }
}
