import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { InstitutionCode, Refusal, defineCommand, defineEvent, defineQuery, defineTopic } from '@mcr/event-kit';
import type { EventOf } from '@mcr/event-kit';
import {
  HandedKeys,
  clientKeyPath,
  createDevelopmentSignIn,
  developmentToken,
  ensurePrivateKey,
  publicPartOf,
  serviceClientId,
  serviceKeyPath,
} from '@mcr/identity';
import type { DevelopmentSignIn, Principal } from '@mcr/identity';
import { Consumer, LocalCarrier, ReactTo } from '@mcr/messaging';
import type { ReactionContext } from '@mcr/messaging';
import { freePort, freshDatabase, startServices } from '@mcr/testing';
import type { StartOptions, TestDatabase, TestRegistry } from '@mcr/testing';
import { z } from 'zod';
import { defineService, handle } from '../define-service.ts';

export const lamps = defineTopic({ name: 'mcr.institutions.v1', partitions: 2, service: 'institutions' });

export const LampLit = defineEvent({
  type: 'ca.bc.mcr.lamp.lit.v1',
  topic: lamps,
  key: ({ lamp }) => lamp,
  data: z.object({ lamp: z.string(), padding: z.string().optional() }),
});

export const Suspend = defineCommand({
  name: 'suspendInstitution',
  service: 'institutions',
  input: z.strictObject({ institution: InstitutionCode, reason: z.string().min(3) }),
  output: z.object({ by: z.string(), roles: z.array(z.string()) }),
  refusals: ['ILLEGAL_STATE'],
});

export const Recognised = defineQuery({
  name: 'recognitions',
  service: 'institutions',
  input: z.strictObject({}),
  output: z.object({ by: z.string(), roles: z.array(z.string()) }),
  refusals: [],
});

@Module({})
class NothingModule {}

const caller = ({ clientId, roles }: Principal) => ({ by: clientId, roles: [...roles] });

/** Writes a log and answers for others. `FIRE` may never be suspended. */
const institutions = defineService({
  name: 'institutions',
  module: NothingModule,
  migrations: [],
  topics: [lamps],
  operations: [
    handle(Suspend, async ({ institution }, { principal }) => {
      const faults = [{ pointer: '/institution', code: 'BURNS', message: 'It burns.', hint: 'Wait.' }];
      if (institution === 'FIRE') throw new Refusal('ILLEGAL_STATE', 'Not while it burns.', { faults, retryAfterSeconds: 3 });
      return caller(principal);
    }),
    handle(Recognised, async (_input, { principal }) => caller(principal)),
  ],
});

@Consumer({ name: 'programs.lamps', kind: 'projection' })
export class LampReactions {
  @ReactTo(LampLit)
  async keep(@Payload() { data }: EventOf<typeof LampLit>, @Ctx() { tx }: ReactionContext): Promise<void> {
    await tx.query('insert into lamp (name) values ($1)', [data.lamp]);
  }
}

@Module({ controllers: [LampReactions] })
class ProgramsModule {}

const programs = defineService({
  name: 'programs',
  module: ProgramsModule,
  migrations: [{ number: 1, name: 'lamp', sql: () => 'create table lamp (name text not null)' }],
  consumers: [LampReactions],
});

/**
 * Two processes' worth of services, each with a database and a folder of its own, and the sign-in beside them. Events go from the one
 * to the other through the log face alone.
 */
export class TwoProcesses {
  private readonly databases: { institutions: TestDatabase; programs: TestDatabase };
  readonly folders: { institutions: string; programs: string; signIn: string };
  institutions!: TestRegistry;
  programs!: TestRegistry;

  private constructor(
    parts: Pick<TwoProcesses, 'folders'> & { databases: TwoProcesses['databases'] },
    readonly ports: { institutions: number; programs: number },
    readonly signIn: { url: string; close: () => Promise<void> },
  ) {
    this.folders = parts.folders;
    this.databases = parts.databases;
  }

  static async start(): Promise<TwoProcesses> {
    const folder = () => mkdtemp(join(tmpdir(), 'mcr-two-'));
    const folders = { institutions: await folder(), programs: await folder(), signIn: await folder() };
    const handed = new HandedKeys(folders.signIn);
    for (const service of ['institutions', 'programs'] as const) {
      await handed.hand(serviceClientId(service), publicPartOf(await ensurePrivateKey(serviceKeyPath(folders[service], service))));
    }
    await ensurePrivateKey(clientKeyPath(folders.signIn, 'development'));
    const databases = { institutions: await freshDatabase(), programs: await freshDatabase() };
    const ports = { institutions: await freePort(), programs: await freePort() };
    const two = new TwoProcesses({ folders, databases }, ports, await startSignIn(folders.signIn));
    await two.startInstitutions();
    two.programs = await startServices([programs], two.optionsOf('programs'));
    return two;
  }

  async startInstitutions(): Promise<void> {
    this.institutions = await startServices([institutions], this.optionsOf('institutions'));
  }

  addressOf(service: 'institutions' | 'programs'): string {
    return `http://127.0.0.1:${this.ports[service]}`;
  }

  token(role: string): Promise<string> {
    return developmentToken({ dataDir: this.folders.signIn, url: this.signIn.url, role });
  }

  async close(): Promise<void> {
    await this.programs.close();
    await this.institutions.close();
    await this.signIn.close();
    for (const database of Object.values(this.databases)) await database.drop();
    for (const folder of Object.values(this.folders)) await rm(folder, { recursive: true });
  }

  private optionsOf(service: 'institutions' | 'programs'): StartOptions {
    const environment = {
      PUBLIC_URL: this.signIn.url,
      SERVICE_URL_GATEWAY: this.signIn.url,
      SERVICE_URL_INSTITUTIONS: this.addressOf('institutions'),
      LISTEN_PORT: String(this.ports[service]),
      KAFKA_BROKERS: '127.0.0.1:9',
    };
    return { environment, dataDir: this.folders[service], databaseUrl: this.databases[service].adminUrl, carrier: (log) => new LocalCarrier(log) };
  }
}

async function startSignIn(dataDir: string): Promise<{ url: string; close: () => Promise<void> }> {
  const mounted: { signIn?: DevelopmentSignIn } = {};
  const server = createServer((request, response) => mounted.signIn!.callback(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mounted.signIn = await createDevelopmentSignIn({ issuer: `${url}/oidc`, dataDir, findClient: () => undefined });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url, close };
}
