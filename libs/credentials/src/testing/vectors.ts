import { existsSync, readFileSync } from 'node:fs';
import type { DataIntegrityProof, JsonObject } from '../credential.ts';

const FOLDER = new URL('../../../../../shared/data/eddsa-vectors/', import.meta.url);

/** The working group's vectors are data that this repository does not hold. */
export const vectorsAreThere = existsSync(new URL('unsigned.json', FOLDER));

const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

export const vectorText = (name: string): string => read(name);
export const vectorJson = (name: string): JsonObject => JSON.parse(read(name)) as JsonObject;

export const vectorKeys = (): { readonly publicKeyMultibase: string; readonly privateKeyMultibase: string } =>
  vectorJson('keyPair.json') as unknown as { readonly publicKeyMultibase: string; readonly privateKeyMultibase: string };

/** The chain of four proofs over `unsigned.json` that the working group published (W3C Software and Document License). */
const of = (issuer: string, key: string, created: string, proofValue: string, more: JsonObject): DataIntegrityProof => ({
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created,
  verificationMethod: `https://vc.example/issuers/${issuer}#${key}`,
  proofPurpose: 'assertionMethod',
  proofValue,
  ...more,
});
const FIRST = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544';
const SECOND = 'urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54';
const THIRD = 'urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23';
const LAST_KEY = 'z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1';

export const publishedChain: readonly DataIntegrityProof[] = [
  of(
    '56781',
    'z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7',
    '2023-02-24T23:36:38Z',
    'z5KTX5yikM4eUukZW9qh66LGT3KZEUCACGpWcT2t4Yd54NMoFRchGmH4778omyNFAD3weSt6sNk5fuaMQmhhzNmEC',
    { id: FIRST },
  ),
  of(
    '56782',
    'z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E',
    '2023-02-24T23:36:38Z',
    'z5KXNyXDcm822dHS37tmS6Xc7FFNo8c73AfeqmfHoywPxnXWNjWKYK3VQzt3CMUoK9uAqsboVHKJXxuYwbdnfxZeA',
    { id: SECOND },
  ),
  of('56783', LAST_KEY, '2023-02-26T22:06:38Z', 'z2hcFbMaj3BJufikuLZQ36gAXVT9J3ZiwB9rqN3j7VdqyT1GaQPbMTaF1Q2gn7h75ZcJ6JpV9pvNoDumvcjtmSRAV', {
    id: THIRD,
    previousProof: [FIRST, SECOND],
  }),
  of('56784', LAST_KEY, '2023-02-26T22:16:38Z', 'z6f4Lx4xiwWq8sucv6pg2vVvD5R4bxr58q2TagpwDXCxPVVS28S1iFwhor4ikhG6u4RKrNx7uSkYrCHdiiw5Js3d', {
    previousProof: THIRD,
  }),
];
