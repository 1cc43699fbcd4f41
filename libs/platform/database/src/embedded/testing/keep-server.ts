import { startEmbeddedPostgres } from '../embedded-postgres.ts';

/** A process that keeps a server on the data folder it is given: says its address, and waits for SIGTERM. */
const [dataDir] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({ dataDir: dataDir!, log: (message) => console.error(message), durable: false });
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  setInterval(() => undefined, 60_000);
  console.log(server.adminUrl);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
