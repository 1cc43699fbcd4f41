export { eventually } from './eventually.ts';
export { freshDatabase, testPassword } from './fresh-database.ts';
export type { TestDatabase } from './fresh-database.ts';
export { startTestServer } from './test-server.ts';
