import { clientKeyPath, ensurePrivateKey, publicPartOf, publisherClientId } from '@mcr/identity';
import { type MutationRun, mutateAll } from '@mcr/registry-client';
import type { SampleInstitution } from '../samples.ts';
import type { Step } from './step.ts';

/** Invites, verifies and activates each institution (the administrator approves what the registrar verified), registers its client, and lets the registry sign. */
export async function onboardInstitutions({ url, dataDir, tokens, progress }: Step, institutions: readonly SampleInstitution[]): Promise<void> {
  const bar = progress('institutions', institutions.length * 5);
  const run = <Input>(token: string, field: string, inputs: readonly Input[], alreadyDone: readonly string[]): MutationRun<Input> => ({
    url,
    token,
    field,
    inputs,
    alreadyDone,
    done: bar.advance,
  });
  const named = institutions.map(({ code }) => ({ institution: code }));
  await mutateAll(run(tokens.registrar, 'inviteInstitution', institutions, ['CODE_TAKEN', 'CTID_TAKEN']));
  await mutateAll(run(tokens.registrar, 'verifyInstitution', named, ['ILLEGAL_STATE']));
  await mutateAll(run(tokens.admin, 'activateInstitution', named, ['ILLEGAL_STATE']));
  const clients = await Promise.all(
    institutions.map(async ({ code }) => ({
      institution: code,
      clientId: publisherClientId(code),
      publicKey: publicPartOf(await ensurePrivateKey(clientKeyPath(dataDir, code), 'EdDSA')),
    })),
  );
  await mutateAll(run(tokens.registrar, 'registerPublishingClient', clients, ['CLIENT_ID_TAKEN']));
  await mutateAll(run(tokens.registrar, 'delegateSigning', named, []));
  bar.finish();
}
