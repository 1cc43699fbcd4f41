import Fastify from 'fastify';
import { awards } from '@mcr/registry-store/read';
import { RegistryDatabase } from '@mcr/runtime';
import type { BenchProvince } from '../harness/bench-province.ts';
import { median, printRate } from '../harness/figures.ts';
import type { LoadClient, LoadResult } from '../harness/load.ts';

const REQUESTS = 1_000;
const CLIENTS = 16;
const ROUNDS = 3;
const QUERY =
  'query ($code: String!) { awards(filter: { institution: $code }, first: 20) { totalCount nodes { id sourceAwardId awardedDate status institution { code name } microCredential { name } } } }';

/** The same page by the same statement, with nothing of GraphQL around it. */
async function bareHandler(province: BenchProvince): Promise<{ url: string; close(): Promise<void> }> {
  const registry = province.registry.app.get(RegistryDatabase, { strict: false });
  const fastify = Fastify();
  fastify.post('/', async () => awards(registry, { filter: { institution: province.code }, asOf: new Date(), first: 20, after: null }));
  return { url: await fastify.listen({ port: 0, host: '127.0.0.1' }), close: () => fastify.close() };
}

export async function measureGraphql(province: BenchProvince, client: LoadClient): Promise<void> {
  const bare = await bareHandler(province);
  const headers = { authorization: `Bearer ${await province.registrarToken()}`, 'content-type': 'application/json' };
  const bodies = Array.from({ length: REQUESTS }, () => JSON.stringify({ query: QUERY, variables: { code: province.code } }));
  const page = (url: string): Promise<LoadResult> => client.run({ url, headers, bodies, clients: CLIENTS }, 200);
  const [graphql, plain]: [number[], number[]] = [[], []];
  await page(`${province.url}/graphql`);
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push((await page(bare.url)).ms);
    graphql.push((await page(`${province.url}/graphql`)).ms);
  }
  await bare.close();
  printRate('page of 20 awards', { count: REQUESTS, ms: median(graphql) }, { count: REQUESTS, ms: median(plain) }, 0.8);
}
