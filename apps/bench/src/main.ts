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

interface Bench {
  readonly measures: string;
  /** What it takes, each with what it is without. */
  readonly takes?: string;
  readonly run: (parameters: readonly string[]) => Promise<void>;
}

/** Every measurement, by the name that the command takes. Each prints its figures beside a baseline of the same run. */
const benches: Readonly<Record<string, Bench>> = {
  ingest: { measures: 'records until everybody can ask for them, and a page of GraphQL', run: ingest },
  latency: { measures: 'from the answer 202 to GraphQL, at half of the load that the same run reached', run: latency },
  scale: { measures: 'two processes of the awards service beside one', run: scale },
  replay: { measures: 'the shared registry built again from its beginning', run: replay },
  crash: {
    measures: 'what institutions were told against what every store says, while everything is killed',
    takes: '--awards 2000 --kills 20 --carrier local|kafka --seed 1 --report FILE',
    run: crash,
  },
  flood: { measures: 'malformed records among good ones', takes: '--records 5000 --carrier local|kafka', run: flood },
  neighbours: { measures: 'institutions that write to each other’s topics on Kafka', takes: '--institutions 20', run: neighbours },
  pathways: { measures: 'every question to the pathway engine, beside PostgreSQL and solvers', takes: '--size 1 --beside 20 --greedy 200', run: pathwaysSpeed },
  'pathways-check': {
    measures: 'random questions, each answer checked and compared with trying everything',
    takes: '--instances 1000 --from 0 --real 300',
    run: pathwaysCheck,
  },
  'pathways-delay': { measures: 'the delay of the event loop while a search runs', run: pathwaysDelay },
  credentials: {
    measures: 'issuing, verifying and revoking, beside @digitalbazaar/vc',
    takes: '--awards 100000 --rounds 7 --ms 400 --requests 2000 --revocations 20',
    run: credentials,
  },
};

const help = (): string =>
  [
    'npm run -s bench -- [NAME …] [OPTIONS]',
    '',
    'Measures, and prints each figure beside a baseline of the same run. Without a name: everything, one after the other.',
    'Options are for one name. docs/performance.md has figures, and says what is beside what.',
    '',
    ...Object.entries(benches).flatMap(([name, { measures, takes }]) => [`  ${name.padEnd(16)}${measures}`, ...(takes ? [`  ${' '.repeat(16)}${takes}`] : [])]),
  ].join('\n');

function refuse(message: string): never {
  console.error(`${message}\n\n${help()}`);
  process.exit(2);
}

/** Not of the measurement: what it was given is wrong. */
const isOfOptions = (error: unknown): error is Error =>
  error instanceof Error && (String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS') || error.message.startsWith('--'));

// Names first; what follows from the first option on is theirs.
const given = process.argv.slice(2);
if (given.includes('--help')) {
  console.log(help());
  process.exit(0);
}
const firstOption = given.findIndex((parameter) => parameter.startsWith('-'));
const asked = given.slice(0, firstOption < 0 ? undefined : firstOption);
const parameters = given.slice(asked.length);
const names = asked.length > 0 ? asked : Object.keys(benches);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) refuse(`Not known: ${unknown.join(', ')}.`);
for (const name of names)
  await benches[name]!.run(parameters).catch((error: unknown) => (isOfOptions(error) ? refuse(error.message) : Promise.reject(error as Error)));
process.exit(process.exitCode ?? 0);
