import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { makeExplorer, wantsExplorer, type ExplorerPage } from './explorer.ts';

describe('the explorer', () => {
  let page: ExplorerPage;
  let html: string;
  beforeAll(async () => {
    page = await makeExplorer('/graphql');
    html = page.html.toString();
  });

  it('asks no other host for a part of itself', () => {
    const markup = html.replace(/<script>[\s\S]*<\/script>/, '').replace(/<style>[\s\S]*?<\/style>/, '');
    expect([...markup.matchAll(/(?:src|href)="([^"]{0,40})/g)].map(([, address]) => address)).toEqual([expect.stringMatching(/^data:/)]);
    expect(html).not.toMatch(/@import|url\(["']?(?:https?:)?\/\//);
    expect(html).toContain('/graphql');
  });

  it('lets the browser reach this server alone, and run nothing but the script it came with', () => {
    const script = /<script>([\s\S]*)<\/script>/.exec(html)![1]!;
    const directives = Object.fromEntries(page.policy.split('; ').map((directive) => directive.split(/ (.*)/s) as [string, string]));
    expect(directives).toMatchObject({ 'default-src': "'none'", 'connect-src': "'self'", 'frame-ancestors': "'none'", 'worker-src': 'blob:' });
    expect(directives['script-src']).toBe(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(page.policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it('is the same page when it is sent compressed', () => {
    expect(gunzipSync(page.compressed).equals(page.html)).toBe(true);
  });

  it('holds nothing that a browser would read in another way than its hash', () => {
    expect(['\r', '\u0000'].filter((character) => html.includes(character))).toEqual([]);
  });

  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', true],
    ['application/json', false],
    ['application/json, text/html;q=0.5', false],
    ['*/*', false],
    [undefined, false],
  ])('is for a browser and no other program: %s', (accept, wanted) => {
    expect(wantsExplorer({ headers: { accept } } as FastifyRequest)).toBe(wanted);
  });
});
