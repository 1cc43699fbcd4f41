import { ingest } from './ingest/ingest.bench.ts';

/** Every measurement, by the name that the command takes. Each prints its figures beside a baseline of the same run. */
const benches: Readonly<Record<string, () => Promise<void>>> = { ingest };

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(benches);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`Not known: ${unknown.join(', ')}. There is: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
for (const name of names) await benches[name]!();
process.exit(0);
