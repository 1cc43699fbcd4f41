import { fileURLToPath } from 'node:url';
import { swcOptions } from './tools/swc-options.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** One configuration for every project; Nx passes the project's folder as `--rootDir`. */
export default {
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swcOptions] },
  testEnvironment: 'node',
  testTimeout: 60_000,
  globalSetup: at('./libs/platform/testing/src/global-setup.mjs'),
  globalTeardown: at('./libs/platform/testing/src/global-teardown.mjs'),
  setupFiles: ['reflect-metadata'],
};
