import { fileURLToPath } from 'node:url';
import { swcOptions } from './tools/swc-options.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** These two cannot be made fast in another way (`tools/test-environment.mjs`). */
const globals = { vars: { Infinity: 'Number.POSITIVE_INFINITY', NaN: 'Number.NaN' } };
const { jsc } = swcOptions;
const swcOptionsOfTests = { ...swcOptions, jsc: { ...jsc, transform: { ...jsc.transform, optimizer: { globals } } } };

/** One configuration for every project; Nx passes the project's folder as `--rootDir`. */
export default {
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swcOptionsOfTests] },
  testEnvironment: at('./tools/test-environment.mjs'),
  testTimeout: 60_000,
  globalSetup: at('./libs/platform/testing/src/global-setup.mjs'),
  globalTeardown: at('./libs/platform/testing/src/global-teardown.mjs'),
  setupFiles: ['reflect-metadata'],
};
