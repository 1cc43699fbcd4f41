import { soon } from '../harness/bench-province.ts';
import type { Province } from '../harness/province.ts';

/** How many awards GraphQL shows. */
export async function awardsInGraphql(province: Province, token: string): Promise<number> {
  const response = await fetch(`${province.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ awards(first: 0) { totalCount } }' }),
  });
  const { data } = (await response.json()) as { data: { awards: { totalCount: number } } };
  return data.awards.totalCount;
}

/** Resolves when GraphQL shows this many. */
export function untilVisible(province: Province, token: string, count: number): Promise<void> {
  return soon(async () => {
    const shown = await awardsInGraphql(province, token);
    if (shown < count) throw new Error(`GraphQL shows ${shown} of ${count} awards.`);
  }, 120_000);
}
