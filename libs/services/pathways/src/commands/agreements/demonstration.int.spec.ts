import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishAgreement, PublishPathway, PublishedMicroCredential } from '@mcr/contracts';
import { type CallerInput, Refusal } from '@mcr/event-kit';
import { type TestRegistry, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import { pathways } from '../../pathways.service.ts';
import { logInstitution, logMicroCredential, otherServices } from '../../testing/other-services.ts';

type Sample = Readonly<Record<string, unknown>>;
const read = (file: string): Sample[] => JSON.parse(readFileSync(new URL(`../../../../../../samples/${file}`, import.meta.url), 'utf8')) as Sample[];

const institutions = read('institutions.json').map(({ code, ctid }) => ({ code: code as string, ctid: ctid as string }));
const ctidOf = new Map(institutions.map(({ code, ctid }) => [code, ctid]));
let registry: TestRegistry;

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways]);
  for (const institution of institutions) await logInstitution(registry, anInstitutionSnapshot(institution));
  for (const { ctid, ownedBy, offeredBy, definition } of read('catalogue.json')) {
    const offerers = (offeredBy as string[]).map((code) => ctidOf.get(code));
    const published = { ...(definition as Sample), ctid, ownedBy: ctidOf.get(ownedBy as string), offeredBy: offerers, version: 1, status: 'PUBLISHED' };
    await logMicroCredential(registry, PublishedMicroCredential.parse(published));
  }
}, 120_000);
afterAll(() => registry.close());

/** Without what only explains a sample. */
const asked = ({ note: _note, invented: _invented, source: _source, ...input }: Sample): unknown => input;

async function refusals(samples: readonly Sample[], publish: (input: unknown) => Promise<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const sample of samples) {
    await publish(asked(sample)).catch((error: unknown) => found.push({ ctid: sample['ctid'], faults: error instanceof Refusal ? error.faults : error }));
  }
  return found;
}

describe('The demonstration', () => {
  it('has pathways and agreements that are published one after the other, on one day, without a refusal', async () => {
    expect(
      await refusals(read('pathways.json'), (input) => registry.call(PublishPathway, input as CallerInput<typeof PublishPathway>, principals.registrar)),
    ).toEqual([]);
    expect(
      await refusals(read('agreements.json'), (input) => registry.call(PublishAgreement, input as CallerInput<typeof PublishAgreement>, principals.registrar)),
    ).toEqual([]);
  }, 300_000);
});
