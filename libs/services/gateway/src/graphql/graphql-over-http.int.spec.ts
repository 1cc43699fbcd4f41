import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { RegistryDatabase } from '@mcr/runtime';
import { RunningGateway } from '../testing/start-gateway.ts';
import { heaviest } from './limits.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };
const QUERY = '{ institutions { totalCount } }';

describe('GraphQL over HTTP', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await RunningGateway.start();
  });
  afterAll(() => gateway.close());

  const post = (body: string, headers: Record<string, string> = JSON_HEADERS) => gateway.send({ method: 'POST', headers, body });
  const codeOf = async (response: Response) => ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code;

  it.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('answers in the media type that is asked for: %s', async (accept, type) => {
    const response = await post(JSON.stringify({ query: QUERY }), { ...JSON_HEADERS, accept });
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.json()).toEqual({ data: { institutions: { totalCount: 0 } } });
  });

  it.each([
    ['text/plain', JSON.stringify({ query: QUERY })],
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(QUERY)}`],
    ['multipart/form-data; boundary=x', `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${QUERY}\r\n--x--`],
  ])('refuses what a page of another site can send without being asked: %s', async (type, body) => {
    const response = await post(body, { 'content-type': type });
    expect({ status: response.status, code: await codeOf(response) }).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  it('refuses a query in the address', async () => {
    const response = await fetch(`${gateway.url}?query=${encodeURIComponent(QUERY)}`);
    expect({ status: response.status, code: await codeOf(response) }).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  it('refuses many operations in one body', async () => {
    const response = await post(JSON.stringify([{ query: QUERY }, { query: QUERY }]));
    expect({ status: response.status, code: await codeOf(response) }).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  it('refuses a body that is too large, and one that is no JSON, as every other face does', async () => {
    const large = await post(JSON.stringify({ query: QUERY, variables: { text: 'x'.repeat(2 * 1024 * 1024) } }));
    expect({ status: large.status, body: await large.json() }).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    const broken = await post('{"query": ');
    expect({ status: broken.status, body: await broken.json() }).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } });
  });

  it.each([
    [
      'depth',
      `query ($c: ID!) { microCredential(ctid: $c) { awards { nodes { microCredential { awards { nodes { microCredential { awards { totalCount } } } } } } } } }`,
    ],
    ['aliases', `{ ${Array.from({ length: 8 }, (_, at) => `a${at}: institutions(first: 1) { b${at}: totalCount }`).join(' ')} }`],
    ['rootFields', `{ ${'institutions(first: 1) { totalCount } '.repeat(11)} }`],
    ['directives', `{ institutions(first: 1) { ${'totalCount @include(if: true) '.repeat(21)} } }`],
    ['cost', `{ microCredentials(first: 100) { nodes { awards(first: 100) { nodes { id } } } } }`],
  ])('refuses an operation that is too heavy by its %s', async (measure, query) => {
    const response = await post(JSON.stringify({ query, variables: { c: 'ce-1' } }));
    const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect({ status: response.status, extensions: errors[0]!.extensions }).toEqual({ status: 400, extensions: { code: 'OPERATION_TOO_HEAVY' } });
    expect(errors[0]!.message).toContain(`${measure} `);
  });

  it('refuses it again when the document is known already', async () => {
    const query = 'query ($n: Int!) { microCredentials(first: $n) { nodes { awards(first: $n) { totalCount } } } }';
    expect((await gateway.ask(query, { n: 1 })).status).toBe(200);
    expect((await gateway.ask(query, { n: 100 })).status).toBe(400);
    expect((await gateway.ask(query, { n: 1 })).status).toBe(200);
  });

  it('takes as many aliased mutations in one operation as it says', async () => {
    const one = (at: number) => `m${at}: publishMicroCredential(input: $i) { __typename ... on Refusal { code message errors { pointer code message hint } } }`;
    const query = `mutation ($i: PublishMicroCredentialInput!) { ${Array.from({ length: heaviest.rootFields }, (_, at) => one(at)).join(' ')} }`;
    const { status, errors } = await gateway.ask(query, { i: { ctid: 'ce-1', version: 1 } });
    expect(status).toBe(200);
    expect(new Set(errors!.map(({ extensions }) => extensions.code))).toEqual(new Set(['UNAUTHENTICATED']));
  });

  it('refuses a document of too many tokens before it is read', async () => {
    const response = await post(JSON.stringify({ query: `{ institutions { ${'totalCount '.repeat(1_000)} } }` }));
    expect({ status: response.status, code: await codeOf(response) }).toEqual({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
  });

  it('lets explorers read the schema', async () => {
    const { status, errors } = await gateway.ask(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, descriptions: true }));
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  });

  it('shows an explorer to a browser, under a policy that allows no other host', async () => {
    const response = await gateway.send({ headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain(`connect-src 'self'`);
    expect(await response.text()).toContain('Micro-credential registry');
  });

  it('keeps what went wrong inside to itself', async () => {
    const registry = gateway.registry.get(RegistryDatabase);
    const query = registry.query.bind(registry);
    registry.query = () => query('select secret from registry.nowhere');
    try {
      const { status, data, errors } = await gateway.ask(QUERY);
      expect({ status, data }).toEqual({ status: 200, data: { institutions: null } });
      expect(errors).toEqual([
        {
          message: expect.stringMatching(/^Something failed on our side\. Reference: /),
          path: ['institutions'],
          locations: expect.anything(),
          extensions: { code: 'INTERNAL_SERVER_ERROR', reference: expect.any(String) },
        },
      ]);
    } finally {
      registry.query = query;
    }
  });

  it('reads the registry with a role that can do nothing else', async () => {
    const registry = gateway.registry.get(RegistryDatabase);
    await expect(registry.query('delete from registry.award')).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|25006)$/) });
    await expect(registry.query('select * from gateway.publishing_client')).rejects.toMatchObject({ code: '42501' });
  });

  it('finishes what it has begun when it is stopped', async () => {
    const stopped = await RunningGateway.start();
    const registry = stopped.registry.get(RegistryDatabase);
    const query = registry.query.bind(registry);
    const begun = new Promise<void>((resolve) => {
      registry.query = async (sql, params) => {
        resolve();
        await query('select pg_sleep(0.3)');
        return query(sql, params);
      };
    });
    const answer = stopped.ask(QUERY);
    await begun;
    await stopped.close();
    expect(await answer).toEqual({ status: 200, data: { institutions: { totalCount: 0 } } });
  });
});
