import {
  addProof,
  addressesUnder,
  didDocument,
  learnerRecordOf,
  openBadgeOf,
  SigningKey,
  statusEntryAt,
  statusListOf,
  type Award,
  type Credential,
  type DidDocument,
  type IssuerKey,
  type SecuredCredential,
  type StatusPurpose,
} from '@mcr/credentials';

export const NOW = new Date('2026-11-28T12:00:00Z');
export const BCIT = 'did:web:registry.example:institutions:BCIT';
export const UBC = 'did:web:registry.example:institutions:UBC';
export const REVOCATIONS = 'https://registry.example/status/0b4f5a0c-0d53-4d5a-9d6f-0a4f7d1c2e3b';
export const SUSPENSIONS = `${REVOCATIONS}-suspension`;
export const INDEX = 4711;

/** The keys of BCIT: today's, the one before it, and one that was stolen. */
export const keys = { current: SigningKey.generate(), retired: SigningKey.generate(), stolen: SigningKey.generate() };
export type KeyName = keyof typeof keys;

/** Of BCIT, as the registry publishes it. */
export const history: readonly IssuerKey[] = [
  { id: `${BCIT}#current`, publicKeyMultibase: keys.current.publicKey.multibase, activatedAt: '2026-01-01T00:00:00Z' },
  { id: `${BCIT}#retired`, publicKeyMultibase: keys.retired.publicKey.multibase, activatedAt: '2025-01-01T00:00:00Z', retiredAt: '2026-11-01T00:00:00Z' },
  { id: `${BCIT}#stolen`, publicKeyMultibase: keys.stolen.publicKey.multibase, activatedAt: '2025-01-01T00:00:00Z', compromisedAt: '2026-11-01T00:00:00Z' },
];

export const documentOfBcit = (): DidDocument => didDocument(BCIT, history, NOW);
export const historyOfUbc: readonly IssuerKey[] = [
  { id: `${UBC}#key-1`, publicKeyMultibase: SigningKey.generate().publicKey.multibase, activatedAt: '2026-01-01T00:00:00Z' },
];
export const documentOfUbc = (): DidDocument => didDocument(UBC, historyOfUbc, NOW);

/** The registry itself, with its own key. */
export const REGISTRY = 'did:web:registry.example';
const registryKey = SigningKey.generate();
const registryKeyId = `${REGISTRY}#key-1`;
export const documentOfRegistry = (): DidDocument =>
  didDocument(REGISTRY, [{ id: registryKeyId, publicKeyMultibase: registryKey.publicKey.multibase, activatedAt: '1970-01-01T00:00:00Z' }], NOW);

/** The text of a learner record with these badges in it. */
export async function aRecord(...badges: readonly string[]): Promise<string> {
  const record = learnerRecordOf({
    id: 'urn:uuid:9f8e7d6c-0b4f-4d5a-9d6f-0a4f7d1c2e3b',
    name: 'Micro-credentials earned in British Columbia',
    publisher: { id: REGISTRY, name: 'Micro-credential registry' },
    recipient: { did: LEARNER },
    credentials: badges.map((badge) => JSON.parse(badge) as SecuredCredential) as [SecuredCredential],
    partial: false,
    validFrom: '2026-11-28T12:00:00Z',
  });
  return JSON.stringify(await addProof(record, { key: registryKey, verificationMethod: registryKeyId, created: NOW }));
}

const bcit = {
  ctid: 'ce-11111111-1111-4111-8111-111111111111',
  code: 'BCIT',
  name: { 'en-CA': 'BCIT' },
  agentType: 'INSTITUTE',
  region: 'Lower Mainland',
} as const;
const wildfire = {
  ctid: 'ce-c2ab55b3-e7b0-437c-bce5-f306f829f588',
  version: 1,
  ownedBy: bcit.ctid,
  offeredBy: [bcit.ctid],
  name: { 'en-CA': 'Wildfire Basics' },
  description: { 'en-CA': 'Fuel, weather and ground.' },
  inLanguage: ['en-CA'],
  keyword: [],
  dateEffective: '2026-01-01',
  totalHours: 30,
  isNonCredit: true,
  estimatedCost: [],
  occupationType: [],
  components: [],
  competencies: [],
  assessments: [],
  partners: [],
} as const;

const LEARNER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';

/** An award of BCIT as a badge that nobody has signed yet. */
export const aBadge = (award: Partial<Award> = {}, did: string = BCIT, list: string = REVOCATIONS): Credential =>
  openBadgeOf({
    award: { credentialId: 'urn:uuid:7c1f5a0c-0d53-4d5a-9d6f-0a4f7d1c2e3b', awardedDate: '2026-10-01', method: 'INSTRUCTION', ...award },
    issuer: { ...bcit, did },
    owner: bcit,
    microCredential: wildfire,
    recipient: { did: LEARNER },
    status: statusEntryAt(list, INDEX, 'revocation'),
    addresses: addressesUnder('https://registry.example'),
  });

/** The text of a document with the proof of a key of BCIT. */
export async function signed(document: Credential = aBadge(), by: KeyName = 'current', created = new Date('2026-10-02T00:00:00Z')): Promise<string> {
  return JSON.stringify(await addProof(document, { key: keys[by], verificationMethod: `${BCIT}#${by}`, created }));
}

const period = { validFrom: '2026-11-28T11:59:00Z', validUntil: '2026-11-29T12:00:00Z', ttlMs: 60_000 };

/** A published list with these bits set; one is good for a day. */
export async function aList(id: string, purpose: StatusPurpose, set: readonly number[] = []): Promise<string> {
  return signed(await statusListOf({ id, issuer: BCIT, purpose, set, ...period }), 'current', NOW);
}

/** The same as the registry publishes it for an institution for which it may not sign any more. */
export async function aListOfTheRegistry(id: string, purpose: StatusPurpose, set: readonly number[] = []): Promise<string> {
  const list = await statusListOf({ id, issuer: REGISTRY, purpose, set, ...period });
  return JSON.stringify(await addProof(list, { key: registryKey, verificationMethod: registryKeyId, created: NOW }));
}
