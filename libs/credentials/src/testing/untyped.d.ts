/** The other implementation of Data Integrity, which has no types: what the tests ask of it. */
declare module '@digitalbazaar/vc' {
  export function issue(options: object): Promise<import('../credential.ts').JsonObject>;
  export function verifyCredential(options: object): Promise<{ readonly verified: boolean; readonly error?: unknown }>;
  export function signPresentation(options: object): Promise<import('../credential.ts').JsonObject>;
  export function verify(options: object): Promise<{ readonly verified: boolean; readonly error?: unknown }>;
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { readonly signer?: unknown; readonly date?: string; readonly cryptosuite: unknown });
  }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown;
}
declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): unknown;
  export function createVerifyCryptosuite(): unknown;
}
declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<{ signer(): { id: string } }>;
}
