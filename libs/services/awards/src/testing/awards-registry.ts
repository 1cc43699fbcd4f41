import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import {
  InstitutionActivated,
  InstitutionSuspended,
  IssuerKeyActivated,
  IssuerKeyCompromised,
  IssuerKeyRetired,
  MicroCredentialPublished,
  PublishingClientRegistered,
  PublishingClientRevoked,
  SignForInstitutions,
  topics,
} from '@mcr/contracts';
import type { IssuerKeySnapshot, PublishedMicroCredential } from '@mcr/contracts';
import { AUDIENCE } from '@mcr/identity';
import { SigningKey, didWebOf } from '@mcr/credentials';
import { defineService, handle } from '@mcr/runtime';
import { aPublishedMicroCredential, anInstitutionSnapshot, eventually, startServices } from '@mcr/testing';
import type { StartOptions, TestRegistry } from '@mcr/testing';
import { SignJWT, importJWK, type JWTPayload } from 'jose';
import { awardsWith } from '../awards.service.ts';
import type { IntakeSettings } from '../intake/intake-settings.ts';

@Module({})
class InstitutionsLog {}
@Module({})
class ProgramsLog {}

/** The keys that the service of institutions would keep. */
const keysOfInstitutions = new Map<string, SigningKey>();
const signed = ({ kid, payload }: { kid: string; payload: string }) =>
  keysOfInstitutions.get(kid)?.sign(Buffer.from(payload, 'base64url')).toString('base64url') ?? null;
/** What the next questions for signatures wait for. */
const delays: (() => Promise<void>)[] = [];

async function signAll({ payloads }: { payloads: readonly { kid: string; payload: string }[] }): Promise<{ signatures: (string | null)[] }> {
  await delays.shift()?.();
  return { signatures: payloads.map(signed) };
}

/** The logs that awards reads, without the services that would write them; what it asks to have signed is signed. */
const otherServices = [
  defineService({
    name: 'institutions',
    module: InstitutionsLog,
    migrations: [],
    topics: [topics.institutions],
    operations: [handle(SignForInstitutions, signAll)],
  }),
  defineService({ name: 'programs', module: ProgramsLog, migrations: [], topics: [topics.programs] }),
];

/** Waits that a test can afford. */
const impatient: Partial<IntakeSettings> = { factWaitMs: 400, revisionGapMs: 1_200, sweepMs: 50 };

export interface Institution {
  readonly code: string;
  readonly ctid: string;
  readonly clientId: string;
}

export type AwardsRegistry = TestRegistry & Awaited<ReturnType<typeof facesOf>>;

/** The awards service as it runs, with logs of others that a test writes to. */
export async function startAwards(settings: Partial<IntakeSettings> = {}, options: StartOptions = {}): Promise<AwardsRegistry> {
  const registry = await startServices([...otherServices, awardsWith({ ...impatient, ...settings })], options);
  return { ...registry, ...(await facesOf(registry)) };
}

async function facesOf(registry: TestRegistry) {
  const sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]> => registry.database('awards').query<Row>(text, values);
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } as const;
  const tell = (institution: Institution, event: typeof PublishingClientRegistered | typeof InstitutionActivated, version: number) =>
    registry.parts('institutions').unitOfWork.run(async (tx) => {
      const { code, ctid, clientId } = institution;
      const isClient = event === PublishingClientRegistered || event === PublishingClientRevoked;
      const status = event === InstitutionSuspended ? 'SUSPENDED' : event === PublishingClientRevoked ? 'REVOKED' : 'ACTIVE';
      const data = isClient
        ? { clientId, institutionCtid: ctid, institutionCode: code, scopes: ['award:publish'], publicKey, status }
        : anInstitutionSnapshot({ code: code as 'BCIT', ctid, status: status as 'ACTIVE' });
      tx.append(event, data as never, { version });
    });
  const known = (table: string, column: string, value: string, status: string) =>
    eventually(async () => {
      const [row] = await sql(`select 1 from ${table} where ${column} = $1 and status = $2`, [value, status]);
      if (!row) throw new Error(`${table} ${value} is not ${status} here yet.`);
    });

  const newKey = async ({ code, ctid }: Institution, changes: Partial<IssuerKeySnapshot>, version: number) => {
    const key = SigningKey.generate();
    const did = didWebOf(`${registry.url}/institutions/${code}`);
    const publicKeyMultibase = key.publicKey.multibase;
    const snapshot: IssuerKeySnapshot = {
      institutionCtid: ctid,
      institutionCode: code,
      did,
      kid: `${did}#${publicKeyMultibase}`,
      publicKeyMultibase,
      heldBy: 'INSTITUTION',
      status: 'ACTIVE',
      activatedAt: new Date().toISOString(),
      ...changes,
    };
    const event = { ACTIVE: IssuerKeyActivated, RETIRED: IssuerKeyRetired, COMPROMISED: IssuerKeyCompromised }[snapshot.status];
    await registry.parts('institutions').unitOfWork.run(async (tx) => tx.append(event, snapshot, { version }));
    await known('issuer_key', 'kid', snapshot.kid, snapshot.status);
    return { key, snapshot };
  };

  return {
    sql,
    /** An active institution with a publishing client, known to awards. */
    async anInstitution(code: string): Promise<Institution> {
      const institution = { code, ctid: `ce-${randomUUID()}`, clientId: `${code.toLowerCase()}-publisher` };
      await tell(institution, InstitutionActivated, 3);
      await tell(institution, PublishingClientRegistered, 4);
      await known('publishing_client', 'client_id', institution.clientId, 'ACTIVE');
      return institution;
    },
    /** A key with which the registry signs for the institution, known to awards. */
    async aKeyFor(institution: Institution, version = 7): Promise<IssuerKeySnapshot> {
      const { key, snapshot } = await newKey(institution, { heldBy: 'REGISTRY' }, version);
      keysOfInstitutions.set(snapshot.kid, key);
      return snapshot;
    },
    /** Lets the next question for signatures wait until it is let go on; `asked` says when it is there. */
    delayNextSignatures(): { asked: Promise<void>; goOn: () => void } {
      const [asked, goingOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      delays.push(() => {
        asked.resolve();
        return goingOn.promise;
      });
      return { asked: asked.promise, goOn: goingOn.resolve };
    },
    /** A key that the institution keeps itself, known to awards; `version` is the institution's next. */
    anOwnKeyFor: (institution: Institution, version: number, changes: Partial<IssuerKeySnapshot> = {}) => newKey(institution, changes, version),
    async retireKey(key: IssuerKeySnapshot, version = 8): Promise<void> {
      keysOfInstitutions.delete(key.kid);
      const snapshot: IssuerKeySnapshot = { ...key, status: 'RETIRED', retiredAt: new Date().toISOString() };
      await registry.parts('institutions').unitOfWork.run(async (tx) => tx.append(IssuerKeyRetired, snapshot, { version }));
      await known('issuer_key', 'kid', key.kid, 'RETIRED');
    },
    async compromiseKey(key: IssuerKeySnapshot, version: number): Promise<void> {
      const snapshot: IssuerKeySnapshot = { ...key, status: 'COMPROMISED', compromisedAt: new Date().toISOString() };
      await registry.parts('institutions').unitOfWork.run(async (tx) => tx.append(IssuerKeyCompromised, snapshot, { version }));
      await known('issuer_key', 'kid', key.kid, 'COMPROMISED');
    },
    async suspend(institution: Institution): Promise<void> {
      await tell(institution, InstitutionSuspended, 5);
      await known('institution', 'institution_ctid', institution.ctid, 'SUSPENDED');
    },
    async revokeClient(institution: Institution): Promise<void> {
      await tell(institution, PublishingClientRevoked, 6);
      await known('publishing_client', 'client_id', institution.clientId, 'REVOKED');
    },
    /** Writes that a version was published, and does not wait until awards knows. */
    publishLater: (version: PublishedMicroCredential) =>
      registry.parts('programs').unitOfWork.run(async (tx) => tx.append(MicroCredentialPublished, version, { version: version.version })),
    /** A micro-credential of that institution, known to awards. */
    async aMicroCredentialOf(institution: Institution, changes: Partial<PublishedMicroCredential> = {}): Promise<PublishedMicroCredential> {
      const published = aPublishedMicroCredential({ ownedBy: institution.ctid, ...changes });
      await this.publishLater(published);
      await eventually(async () => {
        const [row] = await sql('select 1 from micro_credential_version where micro_credential_ctid = $1 and version = $2', [
          published.ctid,
          published.version,
        ]);
        if (!row) throw new Error('The micro-credential has not arrived.');
      });
      return published;
    },
    /** An access token of the development sign-in, with claims of one's choice. */
    async token(claims: JWTPayload): Promise<string> {
      const jwk = JSON.parse(await readFile(join(registry.dataDir, 'secrets', 'sign-in.jwk'), 'utf8')) as { kid: string };
      const complete = { aud: AUDIENCE, iss: `${registry.url}/oidc`, jti: randomUUID(), ...claims };
      return new SignJWT(complete)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: jwk.kid })
        .setIssuedAt()
        .setExpirationTime(claims.exp ?? '5m')
        .sign(await importJWK(jwk, 'ES256'));
    },
    tokenOf(institution: Pick<Institution, 'clientId'>): Promise<string> {
      return this.token({ sub: institution.clientId, client_id: institution.clientId, roles: ['institution-client'], scope: 'award:publish' });
    },
  };
}

/** All rows of all tables of the schema as text; bytes as the text that they might be. */
export async function everythingStored({ sql }: Pick<AwardsRegistry, 'sql'>): Promise<string> {
  const tables = await sql<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'awards'`);
  const rows = await Promise.all(tables.map(({ name }) => sql<{ text: string }>(`select row_to_json(t)::text as text from "${name}" t`)));
  const texts = rows.flat().map(({ text }) => text);
  const bytes = texts.flatMap((text) => [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')));
  return [...texts, ...bytes].join('\n');
}
