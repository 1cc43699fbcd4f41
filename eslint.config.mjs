import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { fences } from './tools/fences/fences.mjs';

const forbid = (group, message) => ({ group, message });

const onlyTheCarrier = forbid(['kafkajs', 'kafkajs/*'], 'Only the Kafka carrier knows its client: use @mcr/messaging.');

/** Testing starts what these make up, and their specs use testing. No other circle is allowed. */
const testedWithTheWhole = ['@mcr/database', '@mcr/messaging', '@mcr/identity', '@mcr/runtime', '@mcr/tools'].map((library) => [library, '@mcr/testing']);

export default tseslint.config(
  { ignores: ['**/node_modules', '.data', '.nx', '.results', 'tools/fences/examples'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly', setTimeout: 'readonly', fetch: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { allow: [], enforceBuildableLibDependency: false, depConstraints: fences, ignoredCircularDependencies: testedWithTheWhole },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/platform/testing/**', 'apps/e2e/**', 'apps/bench/**', '**/testing/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [forbid(['@mcr/testing', '@mcr/testing/*'], 'Only specs import the testing library.'), onlyTheCarrier] }],
    },
  },
  {
    files: ['libs/platform/messaging/src/kafka/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [forbid(['@mcr/testing', '@mcr/testing/*'], 'Only specs import the testing library.')] }] },
  },
  {
    files: ['**/domain/**/*.ts', 'libs/platform/event-kit/**/*.ts', 'libs/pathway-engine/**/*.ts', 'libs/credentials/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            forbid(['@nestjs/*', 'typeorm', 'pg', 'kafkajs', 'fastify', '@apollo/*'], 'Rules know no framework.'),
            forbid(['node:fs*', 'node:net', 'node:http*', 'node:child_process', 'node:timers*'], 'Rules do no I/O.'),
            forbid(['@mcr/database', '@mcr/messaging', '@mcr/runtime', '@mcr/identity', '@mcr/testing'], 'Rules stand below the platform.'),
          ],
        },
      ],
    },
  },
);
