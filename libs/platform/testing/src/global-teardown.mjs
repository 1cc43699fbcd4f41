import { stopKeptServer } from './run-server.mjs';

export default stopKeptServer;
