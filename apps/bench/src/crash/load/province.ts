import { randomUUID } from 'node:crypto';
import { TokenSource, clientKeyPath, developmentToken, ensurePrivateKey, publicPartOf, publisherClientId } from '@mcr/identity';
import { soon } from '../../harness/bench-province.ts';
import type { Issuer } from './lives.ts';

interface Place {
  readonly url: string;
  readonly dataDir: string;
}

interface Result {
  readonly data?: { readonly result: { readonly code?: string } } | null;
  readonly errors?: unknown;
}

async function mutate({ url, dataDir }: Place, role: string, name: string, input: object): Promise<void> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on Refusal { code message errors { pointer code } } } }`;
  const authorization = `Bearer ${await developmentToken({ dataDir, url, role })}`;
  await soon(async () => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const answer = (await response.json()) as Result;
    if (!answer.data || answer.data.result.code) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  });
}

/** An active institution with its publishing client and one micro-credential, made through the public mutations. */
export async function makeIssuer(place: Place, code: string): Promise<Issuer> {
  await mutate(place, 'ministry-registrar', 'inviteInstitution', { code, name: { en: `Institution ${code}` }, agentType: 'COLLEGE', region: 'Cariboo' });
  await mutate(place, 'ministry-registrar', 'verifyInstitution', { institution: code });
  await mutate(place, 'admin', 'activateInstitution', { institution: code });
  const publicKey = publicPartOf(await ensurePrivateKey(clientKeyPath(place.dataDir, code), 'EdDSA'));
  const { kid: _, ...key } = publicKey;
  await mutate(place, 'ministry-registrar', 'registerPublishingClient', {
    institution: code,
    clientId: publisherClientId(code),
    publicKey: key,
    scopes: ['award:publish'],
  });
  const ctid = `ce-${randomUUID()}`;
  const competency = `ce-${randomUUID()}`;
  await mutate(place, 'ministry-registrar', 'defineMicroCredential', {
    ctid,
    ownedBy: code,
    definition: {
      name: { en: 'Losing Nothing' },
      description: { en: 'A micro-credential for what must survive.' },
      dateEffective: '2025-01-01',
      totalHours: 40,
      isNonCredit: true,
      competencies: [{ ctid: competency, competencyText: 'Answer only for what is written.' }],
      assessments: [{ id: 'a1', name: 'Project', assessmentMethodType: 'Artifact', use: 'Summative', assesses: [competency] }],
    },
  });
  await mutate(place, 'ministry-registrar', 'publishMicroCredential', { ctid, version: 1 });
  return { institution: code, microCredential: ctid };
}

export async function tokensOf({ url, dataDir }: Place, code: string): Promise<TokenSource> {
  return new TokenSource({ url, clientId: publisherClientId(code), key: await ensurePrivateKey(clientKeyPath(dataDir, code), 'EdDSA') });
}
