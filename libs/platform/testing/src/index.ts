export { eventually } from './eventually.ts';
export { freshDatabase } from './fresh-database.ts';
export type { TestDatabase } from './fresh-database.ts';
export { testPassword } from './test-passwords.ts';
export { startTestServer } from './test-server.ts';
export { freePort, startServices } from './start-services.ts';
export type { StartOptions, TestRegistry } from './start-services.ts';
