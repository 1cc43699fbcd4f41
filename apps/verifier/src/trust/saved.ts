import { isDid } from '@mcr/credentials';
import { Instant, InstitutionCode } from '@mcr/event-kit';
import { z } from 'zod';

/** What every saved file says of itself: where it was fetched, and when. */
const fetched = { url: z.string(), fetchedAt: Instant };

/** The institutions of a registry, with what each was when the list was fetched. */
export const SavedIssuers = z.object({
  ...fetched,
  institutions: z.array(z.object({ code: InstitutionCode, name: z.string(), status: z.string() })).min(1),
});
export type SavedIssuers = z.infer<typeof SavedIssuers>;

const VerificationMethod = z.looseObject({ id: z.string(), publicKeyMultibase: z.string().optional(), revoked: z.string().optional() });

const Key = z.object({
  id: z.string(),
  publicKeyMultibase: z.string(),
  activatedAt: Instant,
  retiredAt: Instant.optional(),
  compromisedAt: Instant.optional(),
});

/** Every key that an institution has or had, with its instants. */
export const KeyHistory = z.object({ did: z.string(), keys: z.array(Key) });

/** The DID document of an institution, as far as keys are looked for in it; whatever else it says is kept. With the history of its keys. */
export const SavedDocument = z.object({
  ...fetched,
  /** Not there in a folder that was fetched before registries told of it. */
  keys: z.array(Key).optional(),
  document: z.looseObject({
    id: z.string().refine(isDid, { error: 'Expected a DID.' }),
    verificationMethod: z.array(VerificationMethod).default([]),
    assertionMethod: z.array(z.unknown()).default([]),
  }),
});
export type SavedDocument = z.infer<typeof SavedDocument>;

/** A status list, letter by letter as it was published: its signature is checked at every verification. */
export const SavedList = z.object({ ...fetched, body: z.string() });
export type SavedList = z.infer<typeof SavedList>;

/** The value as the schema has it. @throws Error with the first thing that is wrong, and where, in one line. */
export function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path = [], message } = parsed.error.issues[0] ?? { message: 'It is something else.' };
  throw new Error(`at "/${path.join('/')}": ${message}`);
}
