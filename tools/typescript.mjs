/** `node --import ./tools/typescript.mjs file.ts`: Node runs the TypeScript sources as they are. */
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { swcOptions } from './swc-options.mjs';

/** Compiled libraries are kept: a process starts with a third less work. They are written early, because not every process ends in order. */
const KEEP_AFTER_MS = 10_000;
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
setTimeout(flushCompileCache, KEEP_AFTER_MS).unref();

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcOptions, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
