/**
 * Lints each example as if it stood where its first line says, and writes what was found as JSON.
 * In a process of its own: the boundary rule needs Nx's project graph.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';
import { fences } from './fences.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = fileURLToPath(new URL('examples/', import.meta.url));

const graph = await createProjectGraphAsync({ exitOnError: true });
const projects = Object.values(graph.nodes).map(({ data }) => data);
const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/no-misused-promises': 'off' },
  },
});

const stated = (text, what) => new RegExp(`^// ${what}: (.+)$`, 'm').exec(text)?.[1];

/** The tag of the project that a path lies in. */
const roleAt = (path) => projects.find(({ root }) => root !== '.' && path.startsWith(`${root}/`))?.tags?.find((tag) => tag.startsWith('role:'));

const results = [];
for (const file of readdirSync(folder).sort()) {
  const text = readFileSync(folder + file, 'utf8');
  const standsIn = stated(text, 'stands in');
  const [report] = await eslint.lintText(text, { filePath: root + standsIn });
  results.push({
    example: file.replace(/\.ts$/, ''),
    role: roleAt(standsIn),
    mustBreak: stated(text, 'must break'),
    broken: report.messages.filter((m) => m.severity === 2).map((m) => m.ruleId),
  });
}
process.stdout.write(JSON.stringify({ fences: fences.map(({ sourceTag }) => sourceTag), examples: results }));
process.exit(0);
