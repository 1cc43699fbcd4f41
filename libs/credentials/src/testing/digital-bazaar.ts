import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { loadContext } from '../contexts/load-context.ts';
import type { Cryptosuite, JsonObject } from '../credential.ts';
import { METHOD, keyOfIssuer } from './an-issuer.ts';

/** The other implementation gets our contexts, and the document of the one issuer. */
async function documentLoader(url: string) {
  const [did, fragment] = url.split('#') as [string, string | undefined];
  if (!url.startsWith('did:')) return loadContext(url);
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: METHOD,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: keyOfIssuer.publicKey.multibase,
  };
  const document = fragment
    ? method
    : { '@context': ['https://www.w3.org/ns/did/v1'], id: did, verificationMethod: [method], assertionMethod: [METHOD], authentication: [METHOD] };
  return { contextUrl: null, documentUrl: url, document };
}

const signs: Readonly<Record<Cryptosuite, () => unknown>> = { 'eddsa-rdfc-2022': () => rdfc, 'eddsa-jcs-2022': createSignCryptosuite };
const verifies: Readonly<Record<Cryptosuite, () => unknown>> = { 'eddsa-rdfc-2022': () => rdfc, 'eddsa-jcs-2022': createVerifyCryptosuite };

async function signingSuite(cryptosuite: Cryptosuite, date: Date) {
  const key = await Ed25519Multikey.from({
    id: METHOD,
    type: 'Multikey',
    controller: METHOD.split('#')[0],
    publicKeyMultibase: keyOfIssuer.publicKey.multibase,
    secretKeyMultibase: keyOfIssuer.secretKeyMultibase(),
  });
  return new DataIntegrityProof({ signer: key.signer(), date: date.toISOString(), cryptosuite: signs[cryptosuite]() });
}

export const issuedElsewhere = async (credential: JsonObject, cryptosuite: Cryptosuite, now: Date): Promise<JsonObject> =>
  vc.issue({ credential: structuredClone(credential), suite: await signingSuite(cryptosuite, now), documentLoader });

/** Whether the other implementation verifies it. Statuses are not its business here. */
export async function verifiedElsewhere(credential: JsonObject, cryptosuite: Cryptosuite, now: Date): Promise<boolean> {
  const suite = new DataIntegrityProof({ cryptosuite: verifies[cryptosuite]() });
  const checkStatus = async () => ({ verified: true });
  const { verified } = await vc.verifyCredential({ credential: structuredClone(credential), suite, documentLoader, checkStatus, now });
  return verified;
}

export const presentedElsewhere = async (presentation: JsonObject, challenge: string, domain: string, now: Date): Promise<JsonObject> =>
  vc.signPresentation({ presentation: structuredClone(presentation), suite: await signingSuite('eddsa-rdfc-2022', now), challenge, domain, documentLoader });
