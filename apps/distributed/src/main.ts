import { SettingsError, readSettings } from '@mcr/runtime';
import { Province } from './province.ts';

/** Kafka, PostgreSQL, and each service in a process of its own, until a signal comes. */
const province = new Province(readSettingsOrEnd(), (message) => console.log(message));
let asked = 0;
const stop = (): void => {
  asked += 1;
  if (asked === 1) void province.stop().then(() => process.exit(process.exitCode ?? 0));
  if (asked === 3) process.exit(130);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
await province.start().catch((error: unknown) => {
  if (asked === 0) console.error(Province.saysItAll(error) ? error.message : error);
  process.exitCode = 1;
  stop();
});

function readSettingsOrEnd() {
  try {
    return readSettings(process.env);
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  }
}
