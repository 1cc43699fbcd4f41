import bitstringStatusListV1 from './texts/bitstring-status-list-v1.ts';
import clr201 from './texts/clr-2.0.1.ts';
import credentialsExamplesV2 from './texts/credentials-examples-v2.ts';
import credentialsV2 from './texts/credentials-v2.ts';
import dataIntegrityV2 from './texts/data-integrity-v2.ts';
import didV1 from './texts/did-v1.ts';
import ed255192020V1 from './texts/ed25519-2020-v1.ts';
import multikeyV1 from './texts/multikey-v1.ts';
import openBadges301 from './texts/open-badges-3.0.1.ts';
import openBadges302 from './texts/open-badges-3.0.2.ts';
import openBadges303 from './texts/open-badges-3.0.3.ts';
import openBadgesExtensions from './texts/open-badges-extensions.ts';

/** A context as it was published, with the SHA-256 of those bytes. */
export interface BundledContext {
  readonly sha256: string;
  readonly text: string;
}

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
export const CREDENTIALS_EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2';
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2';
export const OPEN_BADGES_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const OPEN_BADGES_EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
export const CLR_2 = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
export const DID_V1 = 'https://www.w3.org/ns/did/v1';
export const MULTIKEY_V1 = 'https://w3id.org/security/multikey/v1';

/**
 * Every context that can be used, by its exact URL. The digests are those that VCDM 2.0 §B.1, Data Integrity §2.4 and
 * CID §D publish; those of 1EdTech, of the examples and of Ed25519 2020 are of the files that their owners serve.
 */
export const bundledContexts: ReadonlyMap<string, BundledContext> = new Map([
  [CREDENTIALS_V2, { sha256: '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734', text: credentialsV2 }],
  [CREDENTIALS_EXAMPLES_V2, { sha256: '57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c', text: credentialsExamplesV2 }],
  ['https://www.w3.org/ns/credentials/status/v1', { sha256: 'fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7', text: bitstringStatusListV1 }],
  [DATA_INTEGRITY_V2, { sha256: '67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4', text: dataIntegrityV2 }],
  [MULTIKEY_V1, { sha256: 'ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597', text: multikeyV1 }],
  [DID_V1, { sha256: '4f3eae5568c9c5f036a082088f9e192019ee06faa78973c87ff91d5421b88dad', text: didV1 }],
  ['https://w3id.org/security/suites/ed25519-2020/v1', { sha256: 'b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588', text: ed255192020V1 }],
  [
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
    { sha256: 'cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c', text: openBadges301 },
  ],
  [
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
    { sha256: 'bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296', text: openBadges302 },
  ],
  [OPEN_BADGES_3, { sha256: '3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84', text: openBadges303 }],
  [OPEN_BADGES_EXTENSIONS, { sha256: '146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3', text: openBadgesExtensions }],
  [CLR_2, { sha256: '880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6', text: clr201 }],
]);
