import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answers } from './answers.ts';
import { kafkaUnavailable } from './availability.ts';
import { startKafka } from './broker.ts';
import { brokerProperties } from './configuration.ts';

const missing = kafkaUnavailable();
const portOf = (address: string): number => Number(address.split(':')[1]);

describe('the configuration of the broker', () => {
  const plan = { logs: '/data/kafka/logs', port: 9092, controllerPort: 9093 };
  const institutions = { port: 9094, issuer: 'https://registry/oidc', audience: 'urn:bc:mcr:registry', jwksUrl: 'https://registry/oidc/jwks' };

  it('listens on loopback only, and lets nobody do what no rule allows', () => {
    const properties = brokerProperties({ ...plan, institutions });
    const hosts = [...properties.matchAll(/[A-Z]:\/\/([^:]*):/g)].map(([, host]) => host);
    expect(hosts).toHaveLength(5);
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']));
    expect(properties).toContain('allow.everyone.if.no.acl.found=false');
    expect(properties).toContain('auto.create.topics.enable=false');
  });

  it('asks institutions for tokens of the registry, and has no listener for them unless it is told whose tokens', () => {
    expect(brokerProperties({ ...plan, institutions })).toContain('oauthbearer.sasl.oauthbearer.expected.audience=urn:bc:mcr:registry');
    expect(brokerProperties(plan)).not.toContain('INSTITUTIONS://');
  });
});

(missing ? describe.skip : describe)(`a broker${missing ? ` (${missing})` : ''}`, () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mcr-broker-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('answers when it has started, ends one that was left behind on its folder, and no longer answers when it is stopped', async () => {
    const left = await startKafka({ dataDir });
    expect(await answers(portOf(left.brokers))).toBe(true);
    const clusterOf = async (): Promise<string> => (await readFile(join(dataDir, 'logs', 'meta.properties'), 'utf8')).match(/cluster.id=(.+)/)![1]!;
    const cluster = await clusterOf();

    const again = await startKafka({ dataDir });
    await left.ended;
    expect(await answers(portOf(left.brokers))).toBe(false);
    expect(await answers(portOf(again.brokers))).toBe(true);
    expect(await clusterOf()).toBe(cluster);

    await again.stop();
    expect(await answers(portOf(again.brokers))).toBe(false);
  });

  it('says that its port is taken, or what Kafka said when it gave up', async () => {
    const holder = await startKafka({ dataDir });
    await expect(startKafka({ dataDir: join(dataDir, 'other'), port: portOf(holder.brokers) })).rejects.toThrow(/is taken/);
    await holder.stop();
    await writeFile(join(dataDir, 'logs', 'meta.properties'), 'version=1\ncluster.id=of-somebody-else\nnode.id=7\n');
    await expect(startKafka({ dataDir })).rejects.toThrow(/Kafka ended while it started[^]*node.id/i);
  });
});
