import { readFile } from 'node:fs/promises';
import { DefineMicroCredential, InviteInstitution, PublishAgreement, PublishPathway } from '@mcr/contracts';
import { Ctid } from '@mcr/event-kit';
import { z } from 'zod';

const SampleInstitution = InviteInstitution.input.extend({ ctid: Ctid });

const SampleMicroCredential = DefineMicroCredential.input.extend({
  ctid: Ctid,
  offeredBy: z.array(z.string()).min(1),
  /** Where the facts come from; of an invented record, that it is invented. */
  source: z.record(z.string(), z.unknown()),
  /** The members of the definition that the generator completed. */
  completed: z.array(z.string()),
});

/** Agreements are invented, every one of them. */
const SampleAgreement = PublishAgreement.input.extend({ ctid: Ctid, invented: z.literal(true), note: z.string() });

const SamplePathway = PublishPathway.input.extend({
  ctid: Ctid,
  invented: z.literal(true).optional(),
  /** Of one that is not invented: where its facts come from, and the ids of the requirements that are not among them. */
  source: z.strictObject({ url: z.url(), says: z.string(), invented: z.array(z.string()) }).optional(),
});

export type SampleInstitution = z.output<typeof SampleInstitution>;
export type SampleMicroCredential = z.output<typeof SampleMicroCredential>;
export type SampleAgreement = z.output<typeof SampleAgreement>;
export type SamplePathway = z.output<typeof SamplePathway>;

export interface Samples {
  readonly institutions: readonly SampleInstitution[];
  readonly catalogue: readonly SampleMicroCredential[];
  readonly pathways: readonly SamplePathway[];
  readonly agreements: readonly SampleAgreement[];
}

const folder = new URL('../../../samples/', import.meta.url);
const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T[]> => z.array(schema).parse(JSON.parse(await readFile(new URL(file, folder), 'utf8')));

/** The committed inputs of the demonstration, checked against the contracts they will be sent with. */
export async function readSamples(): Promise<Samples> {
  const [institutions, catalogue, pathways, agreements] = await Promise.all([
    read('institutions.json', SampleInstitution),
    read('catalogue.json', SampleMicroCredential),
    read('pathways.json', SamplePathway),
    read('agreements.json', SampleAgreement),
  ]);
  return { institutions, catalogue, pathways, agreements };
}
