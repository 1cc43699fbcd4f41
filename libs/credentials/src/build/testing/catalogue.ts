import { readFileSync } from 'node:fs';
import type { Institution, IssuingInstitution, MicroCredentialVersion } from '../source/definition.ts';

const sample = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../../../samples/${name}`, import.meta.url), 'utf8'));

type CataloguedMicroCredential = { readonly ctid: string; readonly ownedBy: string; readonly offeredBy: readonly string[]; readonly definition: object };

const institutions = (sample('institutions.json') as readonly (Institution & { readonly code: string })[]).map(
  (institution): IssuingInstitution & { code: string } => ({
    ...institution,
    did: `did:web:registry.example:institutions:${institution.code}`,
  }),
);

export const institutionOf = (code: string): IssuingInstitution => {
  const found = institutions.find((institution) => institution.code === code);
  if (!found) throw new RangeError(`The demonstration has no institution ${code}.`);
  return found;
};

const EMPTY = { inLanguage: ['en-CA'], keyword: [], estimatedCost: [], occupationType: [], components: [], competencies: [], assessments: [], partners: [] };

/** Every micro-credential of the demonstration as it is published, with the institution that owns it. */
export const catalogue = (sample('catalogue.json') as readonly CataloguedMicroCredential[]).map(({ ctid, ownedBy, offeredBy, definition }) => ({
  owner: institutionOf(ownedBy),
  microCredential: {
    ...EMPTY,
    ...definition,
    ctid,
    version: 1,
    ownedBy: institutionOf(ownedBy).ctid,
    offeredBy: offeredBy.map((code) => institutionOf(code).ctid),
  } as unknown as MicroCredentialVersion,
}));
