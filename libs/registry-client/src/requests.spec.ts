import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type MutationRefusal, mutateAll } from './mutations.ts';
import { pagesOf } from './pages.ts';

interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const refusal = (code: string): MutationRefusal => ({ code, message: 'No.', errors: [] });

describe('what is asked of a registry', () => {
  let answer: (request: Request) => unknown;
  let asked: Request[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(JSON.parse(body) as Request);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(asked.at(-1)!)));
    });
  });
  let url = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => {
    server.close();
  });

  it('is a list, page by page, until the last one', async () => {
    const pages = new Map([
      [null, { nodes: [{ code: 'A' }], pageInfo: { endCursor: 'a', hasNextPage: true } }],
      ['a', { nodes: [{ code: 'B' }], pageInfo: { endCursor: 'b', hasNextPage: false } }],
    ]);
    answer = ({ variables }) => ({ data: { institutions: pages.get(variables['after'] as string | null) } });
    expect(await pagesOf(url, 'institutions', 'code')).toEqual([{ code: 'A' }, { code: 'B' }]);
  });

  it('is told when a list is not given', async () => {
    answer = () => ({ errors: [{ message: 'No.' }] });
    await expect(pagesOf(url, 'institutions', 'code')).rejects.toThrow('The list institutions cannot be read (200).');
  });

  const run = (alreadyDone: readonly string[] | 'EVERY') =>
    mutateAll({ url, token: 't', field: 'publishAgreement', inputs: Array.from({ length: 12 }, (_, at) => ({ at })), alreadyDone, done: () => undefined });
  const refusing = (at: number, code: string) => {
    answer = ({ variables }) => ({
      data: Object.fromEntries(
        Object.entries(variables).map(([name, input]) => [`m${name.slice(1)}`, (input as { at: number }).at === at ? refusal(code) : {}]),
      ),
    });
  };

  it('is one mutation for each input, ten in a request, with what became of each', async () => {
    refusing(11, 'CTID_TAKEN');
    const outcomes = await run(['CTID_TAKEN']);
    expect(asked.map(({ variables }) => Object.keys(variables).length)).toEqual([10, 2]);
    expect(outcomes.filter((outcome) => outcome.refusal).map(({ input }) => input)).toEqual([{ at: 11 }]);
  });

  it('stops at a refusal that nobody allowed for', async () => {
    refusing(3, 'OVERLAP');
    await expect(run(['CTID_TAKEN'])).rejects.toThrow('publishAgreement was refused: OVERLAP');
  });

  it('goes on after any refusal where every one is an outcome, also one that could pass', async () => {
    refusing(3, 'MICRO_CREDENTIAL_NOT_FOUND');
    const outcomes = await run('EVERY');
    expect([outcomes.length, outcomes.filter((outcome) => outcome.refusal).length, asked.length]).toEqual([12, 1, 2]);
  });
});
