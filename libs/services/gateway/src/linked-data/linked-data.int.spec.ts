import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InstitutionSnapshot, PublishedMicroCredential } from '@mcr/contracts';
import { ctdlFaults, ctdlIsThere } from '@mcr/credentials/testing/ctdl-check';
import { newCtid } from '@mcr/event-kit';
import { RegistryDatabase } from '@mcr/runtime';
import { Seed } from '../testing/seed.ts';
import { RunningGateway } from '../testing/start-gateway.ts';

type Node = Readonly<Record<string, unknown>> & { readonly '@id': string };

const sample = <Row>(name: string): readonly Row[] =>
  JSON.parse(readFileSync(new URL(`../../../../../samples/${name}`, import.meta.url), 'utf8')) as readonly Row[];

const institutions = sample<object>('institutions.json').map((row) => InstitutionSnapshot.parse({ ...row, status: 'ACTIVE' }));
const ctidOf = (code: string): string => institutions.find((institution) => institution.code === code)!.ctid;
const catalogue = sample<{ ctid: string; ownedBy: string; offeredBy: string[]; definition: object }>('catalogue.json').map(
  ({ ctid, ownedBy, offeredBy, definition }) =>
    PublishedMicroCredential.parse({ ...definition, ctid, version: 1, ownedBy: ctidOf(ownedBy), offeredBy: offeredBy.map(ctidOf), status: 'PUBLISHED' }),
);

let gateway: RunningGateway;
let seed: Seed;
let statements: string[];
const [first] = catalogue;
const competency = { ctid: newCtid(), competencyText: 'Explain a chart to a board of governors.' };
const welding = { ctid: newCtid(), first: { 'en-CA': 'Welding' }, second: { 'en-CA': 'Welding, revised' } };

beforeAll(async () => {
  gateway = await RunningGateway.start();
  seed = new Seed(gateway.store);
  for (const institution of institutions) await seed.institution(institution);
  const owner = institutions[0]!;
  for (const published of catalogue) await seed.microCredential(owner, published);
  await seed.microCredential(owner, { ctid: welding.ctid, version: 1, name: welding.first, competencies: [competency] });
  await seed.microCredential(owner, { ctid: welding.ctid, version: 2, name: welding.second });
  const registry = gateway.registry.get(RegistryDatabase);
  const query = registry.query.bind(registry);
  registry.query = (sql, params) => {
    statements.push(sql);
    return query(sql, params);
  };
}, 120_000);
beforeEach(() => {
  statements = [];
});
afterAll(() => gateway.close());

const read = (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(`${gateway.registry.url}${path}`, { method, headers });

async function nodesAt(path: string): Promise<readonly Node[]> {
  const response = await read(path);
  expect([path, response.status]).toEqual([path, 200]);
  return ((await response.json()) as { '@graph': readonly Node[] })['@graph'];
}

const unknown = newCtid();

describe('What stands at the addresses that credentials name', () => {
  it('is CTDL, under the address of the micro-credential, its version, its competency and its institution', async () => {
    const { ctid, competencies, ownedBy } = first!;
    for (const path of [
      `/micro-credentials/${ctid}`,
      `/micro-credentials/${ctid}/versions/1`,
      `/competencies/${competencies[0]!.ctid}`,
      `/organizations/${ownedBy}`,
    ]) {
      const response = await read(path);
      expect(response.headers.get('content-type')).toMatch(/^application\/ld\+json/);
      const document = (await response.json()) as { '@context': string; '@graph': readonly Node[] };
      expect(document['@context']).toBe('https://credreg.net/ctdl/schema/context/json');
      expect(document['@graph'][0]!['@id']).toBe(`${gateway.registry.url}${path}`);
    }
  });

  it('says everything that the institution published, with its costs, assessments and components', async () => {
    const [node, ...parts] = await nodesAt(`/micro-credentials/${first!.ctid}`);
    expect(node).toMatchObject({ 'ceterms:name': first!.name, 'ceterms:ownedBy': [`${gateway.registry.url}/organizations/${first!.ownedBy}`] });
    expect(parts).toHaveLength(first!.assessments.length + first!.components.length + first!.competencies.length);
  });

  it('keeps every version at its own address, and says which is not current any more', async () => {
    const [now] = await nodesAt(`/micro-credentials/${welding.ctid}`);
    const [then] = await nodesAt(`/micro-credentials/${welding.ctid}/versions/1`);
    const [current] = await nodesAt(`/micro-credentials/${welding.ctid}/versions/2`);
    const status = (node: Node | undefined) => (node!['ceterms:credentialStatusType'] as { 'ceterms:targetNode': string })['ceterms:targetNode'];
    expect([now!['ceterms:name'], then!['ceterms:name'], current!['ceterms:name']]).toEqual([welding.second, welding.first, welding.second]);
    expect([now, then, current].map(status)).toEqual(['credentialStat:Active', 'credentialStat:Deprecated', 'credentialStat:Active']);
    expect(then!['ceterms:latestVersion']).toEqual([now!['@id']]);
  });

  it('keeps a competency that newer versions left out', async () => {
    const [node] = await nodesAt(`/competencies/${competency.ctid}`);
    expect(node).toMatchObject({ '@type': 'ceasn:Competency', 'ceasn:competencyText': { 'en-CA': competency.competencyText } });
  });

  it('does not name an Indigenous community without its consent', async () => {
    const partner = { organizationName: 'Upper Valley Nation', type: 'INDIGENOUS_COMMUNITY' as const, roles: ['NEED' as const] };
    const { ctid } = await seed.microCredential(institutions[0]!, { partners: [partner] });
    for (const path of [`/micro-credentials/${ctid}`, `/micro-credentials/${ctid}/versions/1`])
      expect(await (await read(path)).text()).not.toContain('Upper Valley');
  });

  it('is found whatever the case of its id, and speaks of itself in lower case', async () => {
    for (const [path, ctid] of [
      ['/micro-credentials/', welding.ctid],
      ['/competencies/', competency.ctid],
      ['/organizations/', first!.ownedBy],
    ] as const)
      expect((await nodesAt(`${path}${ctid.toUpperCase()}`))[0]!['@id']).toBe(`${gateway.registry.url}${path}${ctid}`);
  });

  it('is one statement a request', async () => {
    await nodesAt(`/micro-credentials/${first!.ctid}/versions/1`);
    await nodesAt(`/competencies/${competency.ctid}`);
    await nodesAt(`/organizations/${first!.ownedBy}`);
    expect(statements).toHaveLength(3);
  });

  it('is found by an index, also where there are many', async () => {
    await nodesAt(`/competencies/${competency.ctid}`);
    const plan = await gateway.store.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return tx.query<{ 'QUERY PLAN': string }>(`explain ${statements[0]!.replaceAll('$1', `'${competency.ctid}'`)}`);
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('micro_credential_version_competency');
  });
});

describe('An answer', () => {
  const path = `/micro-credentials/${first!.ctid}`;

  it.each([
    [undefined, 'application/ld+json'],
    ['*/*', 'application/ld+json'],
    ['application/json', 'application/json'],
    ['application/ld+json;q=0.5, application/json;q=0.1', 'application/ld+json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
  ])('to somebody who accepts %s is %s', async (accept, type) => {
    const response = await read(path, accept === undefined ? {} : { accept });
    expect([response.status, response.headers.get('content-type')!.split(';')[0], response.headers.get('vary')]).toEqual([200, type, 'accept']);
    expect(await response.text()).toContain('\n  "@graph"');
  });

  it('to somebody who accepts neither is refused', async () => {
    const response = await read(path, { accept: 'image/png' });
    expect([response.status, await response.json()]).toEqual([406, expect.objectContaining({ code: 'NOT_ACCEPTABLE' })]);
  });

  it('is 304 to whoever has it, until it changes', async () => {
    const mine = await seed.microCredential(institutions[0]!, { name: { 'en-CA': 'As it was' } });
    const at = `/micro-credentials/${mine.ctid}`;
    const etag = (await read(at)).headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await read(at, { 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    await seed.microCredential(institutions[0]!, { ctid: mine.ctid, version: 2, name: { 'en-CA': 'As it is' } });
    expect((await read(at, { 'if-none-match': etag })).status).toBe(200);
    expect((await read(at, { accept: 'application/json' })).headers.get('etag')).not.toBe((await read(at)).headers.get('etag'));
  });

  it('to HEAD is the same without the document', async () => {
    const [head, get] = [await read(path, {}, 'HEAD'), await read(path)];
    const headers = ({ headers }: Response) => ['etag', 'content-type', 'vary', 'cache-control', 'content-length'].map((name) => headers.get(name));
    expect([head.status, await head.text(), headers(head)]).toEqual([200, '', headers(get)]);
    expect((await read(`/micro-credentials/${unknown}`, {}, 'HEAD')).status).toBe(404);
  });

  it.each([
    ['a micro-credential that is not there', `/micro-credentials/${unknown}`],
    ['a version that is not there', `${path}/versions/2`],
    ['a version of nothing', `/micro-credentials/${unknown}/versions/1`],
    ['version 0', `${path}/versions/0`],
    ['version 01', `${path}/versions/01`],
    ['version -1', `${path}/versions/-1`],
    ['version 1.0', `${path}/versions/1.0`],
    ['a version of twenty digits', `${path}/versions/99999999999999999999`],
    ['a version that is none', `${path}/versions/latest`],
    ['a competency that is not there', `/competencies/${unknown}`],
    ['an institution that is not there', `/organizations/${unknown}`],
    ['a micro-credential as a competency', `/competencies/${first!.ctid}`],
    ['an institution by its code', '/organizations/BCIT'],
    ['SQL', `/competencies/${encodeURIComponent(`' or 1=1 --`)}`],
    ['a NUL', '/micro-credentials/ce-%00'],
    ['nothing', '/micro-credentials/'],
  ])('about %s is a problem, 404', async (_what, at) => {
    const response = await read(at);
    expect([response.status, response.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')]);
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is for nobody who wants to change it', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await read(path, {}, method)).status).toBe(404);
  });
});

const whereCtdlIs = ctdlIsThere ? describe : describe.skip;
whereCtdlIs('By the schema of CTDL every term is known, and domains and ranges are right (skipped where ../shared/data/ctdl is not there)', () => {
  const known = () =>
    Object.fromEntries([
      ...institutions.map(({ ctid }) => [`${gateway.registry.url}/organizations/${ctid}`, 'ceterms:CredentialOrganization'] as const),
      ...catalogue.map(({ ctid }) => [`${gateway.registry.url}/micro-credentials/${ctid}`, 'ceterms:MicroCredential'] as const),
    ]);

  it('at every address of the demonstration', async () => {
    const paths = [
      ...institutions.map(({ ctid }) => `/organizations/${ctid}`),
      ...catalogue.flatMap(({ ctid, competencies }) => [
        `/micro-credentials/${ctid}`,
        `/micro-credentials/${ctid}/versions/1`,
        ...competencies.map((each) => `/competencies/${each.ctid}`),
      ]),
    ];
    expect(paths.length).toBeGreaterThan(400);
    const faults: string[] = [];
    for (const path of paths) faults.push(...ctdlFaults(await nodesAt(path), known()));
    expect(faults).toEqual([]);
  }, 120_000);
});
