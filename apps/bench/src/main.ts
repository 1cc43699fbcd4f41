import { credentials } from './credentials/credentials.bench.ts';
import { crash } from './crash/crash.bench.ts';
import { flood } from './flood/flood.bench.ts';
import { ingest } from './ingest/ingest.bench.ts';
import { latency } from './latency/latency.bench.ts';
import { replay } from './replay/replay.bench.ts';
import { scale } from './scale/scale.bench.ts';
import { pathwaysCheck } from './pathways/check.bench.ts';
import { pathwaysDelay } from './pathways/delay.bench.ts';
import { pathwaysSpeed } from './pathways/pathways.bench.ts';
import { neighbours } from './neighbours/neighbours.bench.ts';

/** Every measurement, by the name that the command takes. Each prints its figures beside a baseline of the same run. */
const benches: Readonly<Record<string, (parameters: readonly string[]) => Promise<void>>> = {
  ingest,
  latency,
  scale,
  replay,
  crash,
  flood,
  neighbours,
  pathways: pathwaysSpeed,
  'pathways-check': pathwaysCheck,
  'pathways-delay': pathwaysDelay,
  credentials,
};

// Names first; what follows from the first option on is theirs.
const given = process.argv.slice(2);
const firstOption = given.findIndex((parameter) => parameter.startsWith('-'));
const asked = given.slice(0, firstOption < 0 ? undefined : firstOption);
const parameters = given.slice(asked.length);
const names = asked.length > 0 ? asked : Object.keys(benches);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`Not known: ${unknown.join(', ')}. There is: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
for (const name of names) await benches[name]!(parameters);
process.exit(process.exitCode ?? 0);
