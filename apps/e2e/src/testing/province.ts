import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@mcr/testing';
import { answerTo } from './faces.ts';
import type { RegistryProcess } from './registry-process.ts';

interface Result {
  readonly result: { readonly __typename: string; readonly code?: string; readonly message?: string; readonly errors?: unknown };
}

export interface MicroCredentialFacts {
  readonly title: string;
  readonly isNonCredit?: boolean;
  readonly dateEffective?: string;
}

/** Sets a small province up through the public mutations, as the ministry would. */
export class Province {
  readonly registry: RegistryProcess;
  readonly registrar: string;
  readonly admin: string;

  constructor(registry: RegistryProcess) {
    this.registry = registry;
    this.registrar = registry.token('ministry-registrar');
    this.admin = registry.token('admin');
  }

  /** Calls a mutation until it is done; a fact that travels between services may take a moment. */
  async mutate(name: string, input: object, token = this.registrar): Promise<void> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on Refusal { code message errors { pointer code message } } } }`;
    await eventually(
      async () => {
        const { result } = await answerTo<Result>(this.registry, query, { input }, token);
        if (result.code) throw new Error(`${name}: ${JSON.stringify(result)}`);
      },
      { timeoutMs: 15_000 },
    );
  }

  /** An active institution with a registered publishing client, whose key lies where the commands look for it. */
  async institution(code: string, name: string): Promise<void> {
    await this.mutate('inviteInstitution', { code, name: { en: name }, agentType: 'COLLEGE', region: 'Cariboo' });
    await this.mutate('verifyInstitution', { institution: code });
    await this.mutate('activateInstitution', { institution: code }, this.admin);
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    await mkdir(join(this.registry.dataDir, 'clients'), { recursive: true });
    await writeFile(join(this.registry.dataDir, 'clients', `${code}.jwk`), JSON.stringify(privateKey.export({ format: 'jwk' })), { mode: 0o600 });
    const { kty, crv, x } = publicKey.export({ format: 'jwk' });
    await this.mutate('registerPublishingClient', {
      institution: code,
      clientId: `${code.toLowerCase()}-publisher`,
      publicKey: { kty, crv, x },
      scopes: ['award:publish'],
    });
  }

  /** A published micro-credential. Returns its ctid. */
  async microCredential(ownedBy: string, { title, isNonCredit = false, dateEffective = '2025-01-01' }: MicroCredentialFacts): Promise<string> {
    const ctid = `ce-${randomUUID()}`;
    const competency = `ce-${randomUUID()}`;
    const definition = {
      name: { en: title },
      description: { en: `${title}, for the story of this test.` },
      dateEffective,
      totalHours: 40,
      isNonCredit,
      ...(isNonCredit ? {} : { creditValue: { value: 1.5 } }),
      competencies: [{ ctid: competency, competencyText: 'Explain why a promise that is not measured is a hope.' }],
      assessments: [{ id: 'a1', name: 'Project', assessmentMethodType: 'Artifact', use: 'Summative', assesses: [competency] }],
    };
    await this.mutate('defineMicroCredential', { ctid, ownedBy, definition });
    await this.mutate('publishMicroCredential', { ctid, version: 1 });
    return ctid;
  }

  /** The token of an institution's publishing client, once the registry knows the client everywhere. */
  async clientToken(code: string): Promise<string> {
    return eventually(async () => this.registry.token('institution-client', code), { timeoutMs: 15_000 });
  }
}

/** One record as an institution's system would send it. */
export function submission(code: string, microCredentialCtid: string, sourceAwardId: string, overrides: object = {}): object {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: `urn:bc:mcr:inst:${code}`,
    type: 'ca.bc.mcr.award.submit.v1',
    subject: sourceAwardId,
    datacontenttype: 'application/json',
    data: {
      sourceAwardId,
      revision: 1,
      microCredentialCtid,
      awardedDate: '2026-10-01',
      learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: `S-${sourceAwardId}` }] },
      method: 'INSTRUCTION',
      ...overrides,
    },
  };
}

export function revocation(code: string, sourceAwardId: string, revision: number): object {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: `urn:bc:mcr:inst:${code}`,
    type: 'ca.bc.mcr.award.revoke.v1',
    subject: sourceAwardId,
    datacontenttype: 'application/json',
    data: { sourceAwardId, revision, reasonCode: 'ISSUED_IN_ERROR' },
  };
}
