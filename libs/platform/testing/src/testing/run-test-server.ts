import { startTestServer } from '../test-server.ts';

/** A process that runs a test server until it is killed, and says where its files are. */
const server = await startTestServer();
setInterval(() => undefined, 60_000);
console.log(server.dataDir);
