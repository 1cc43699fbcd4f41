import { randomUUID } from 'node:crypto';
import {
  ActivateInstitution,
  DefineMicroCredential,
  InviteInstitution,
  PublishMicroCredential,
  RegisterPublishingClient,
  VerifyInstitution,
} from '@mcr/contracts';
import { english } from '@mcr/event-kit';
import type { CallerInput, OperationDefinition } from '@mcr/event-kit';
import { clientKeyPath, ensurePrivateKey, publicPartOf, publisherClientId } from '@mcr/identity';
import { soon } from './bench-province.ts';
import type { Province } from './province.ts';

/** Calls a command as one of two people: what one proposes another confirms. */
export type Call = <D extends OperationDefinition>(definition: D, input: CallerInput<D>, subject: 'first' | 'second') => Promise<unknown>;

type Definition = CallerInput<typeof DefineMicroCredential>['definition'];

/** A micro-credential that meets the framework: 40 hours, 3 credits, one assessed competency, unless the changes say otherwise. */
export function definitionOf(name: string, changes: Partial<Definition> = {}): Definition {
  const competency = `ce-${randomUUID()}`;
  return {
    name: english(name),
    description: english('A micro-credential for measurements.'),
    dateEffective: '2025-01-01',
    totalHours: 40,
    isNonCredit: false,
    creditValue: { value: 3 },
    competencies: [{ ctid: competency, competencyText: 'Compare a figure with a baseline of the same run.' }],
    assessments: [{ id: 'a1', name: 'Project', assessmentMethodType: 'Artifact', use: 'Summative', assesses: [competency] }],
    ...changes,
  };
}

/** One active institution with a publishing client, and one micro-credential that it may award. */
export async function setUp({ code: institution, microCredential, dataDir }: Province, command: Call): Promise<void> {
  const call = <D extends OperationDefinition>(definition: D, input: CallerInput<D>, subject: 'first' | 'second' = 'first'): Promise<unknown> =>
    soon(() => command(definition, input, subject));
  await call(InviteInstitution, {
    code: institution,
    name: english('British Columbia Institute of Technology'),
    agentType: 'INSTITUTE',
    region: 'Mainland/Southwest',
  });
  await call(VerifyInstitution, { institution });
  await call(ActivateInstitution, { institution }, 'second');
  const key = await ensurePrivateKey(clientKeyPath(dataDir, institution), 'EdDSA');
  await call(RegisterPublishingClient, {
    institution,
    clientId: publisherClientId(institution),
    publicKey: publicPartOf(key) as never,
    scopes: ['award:publish'],
  });
  await call(DefineMicroCredential, { ctid: microCredential, ownedBy: institution, definition: definitionOf('Measuring Without Fooling Oneself') });
  await call(PublishMicroCredential, { ctid: microCredential, version: 1 });
}
