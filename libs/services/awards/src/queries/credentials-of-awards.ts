import type { CredentialsOfAwards, VerifyCredential } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { CredentialHolders } from '../credentials/credential-holders.ts';
import { Verifier } from '../credentials/verification/verifier.ts';

type Verified = OutputOf<typeof VerifyCredential>;

/** The credentials that the caller may be shown, each verified if that is asked for. */
export async function credentialsOfAwards(
  { awards, verify }: InputOf<typeof CredentialsOfAwards>,
  { principal, resolve }: OperationContext,
): Promise<OutputOf<typeof CredentialsOfAwards>> {
  const issued = await resolve(CredentialHolders).shownTo(
    principal,
    awards.map((award) => award.slice('urn:uuid:'.length)),
  );
  const verified = verify ? ((await resolve(Verifier).verifyIssued(issued)) as unknown as readonly Verified[]) : [];
  return issued.map(({ award, document }, at) => ({ awardId: award.awardId, credential: document, ...(verify && { verification: verified[at]! }) }));
}

export async function verifyCredential({ credential, asOf }: InputOf<typeof VerifyCredential>, { resolve }: OperationContext): Promise<Verified> {
  return (await resolve(Verifier).verify(credential, asOf === undefined ? undefined : new Date(asOf))) as unknown as Verified;
}
