import { join, resolve } from 'node:path';
import { kafkaUnavailable } from './availability.ts';
import { startKafka } from './broker.ts';

const HELP = `npm run kafka

Fetches Apache Kafka once with Maven, and runs one broker on loopback until Ctrl-C.

Environment
  KAFKA_PORT               where the registry's services connect (9092)
  KAFKA_INSTITUTIONS_PORT  where institutions connect, with tokens of the registry's sign-in (9094)
  PUBLIC_URL               the registry's address (http://127.0.0.1:PORT); its /oidc must answer when the broker starts
  PORT                     the registry's port (3000)
  KAFKA_INSTITUTIONS=off   runs without the listener for institutions
  DATA_DIR                 everything is kept in DATA_DIR/kafka (.data)
`;

function failed(message: string): never {
  console.error(message);
  process.exit(1);
}

const port = (name: string, otherwise: number): number => {
  const value = Number(process.env[name] || otherwise);
  return Number.isInteger(value) && value > 0 && value < 65_536 ? value : failed(`${name} must be a port: a number from 1 to 65535.`);
};

if (process.argv.length > 2) {
  console.log(HELP);
  process.exit(process.argv.includes('--help') ? 0 : 2);
}
const missing = kafkaUnavailable();
if (missing) failed(`Kafka cannot run here. ${missing}`);

const publicUrl = process.env['PUBLIC_URL'] || `http://127.0.0.1:${port('PORT', 3000)}`;
const institutions = {
  port: port('KAFKA_INSTITUTIONS_PORT', 9094),
  issuer: `${publicUrl}/oidc`,
  audience: 'urn:bc:mcr:registry',
  jwksUrl: `${publicUrl}/oidc/jwks`,
};

const broker = await startKafka({
  dataDir: join(resolve(process.env['DATA_DIR'] || '.data'), 'kafka'),
  port: port('KAFKA_PORT', 9092),
  ...(process.env['KAFKA_INSTITUTIONS'] === 'off' ? {} : { institutions }),
  onProgress: (message) => console.log(message),
}).catch((error: Error) => failed(error.message));

console.log(`Kafka answers at ${broker.brokers}${broker.institutionsBroker ? `, for institutions at ${broker.institutionsBroker}` : ''}. Ctrl-C stops it.`);
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    console.log('Stopping Kafka …');
    void broker.stop().then(() => process.exit(0));
  });
}
void broker.ended.then((code) => stopping || failed(`Kafka has ended by itself (exit ${code}).`));
