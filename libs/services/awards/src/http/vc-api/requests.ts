import type { JsonObject } from '@mcr/credentials';
import { type Fault, Refusal, faultsOf } from '@mcr/event-kit';
import { z } from 'zod';

const JsonObjectSchema = z.record(z.string(), z.unknown()).transform((value) => value as JsonObject);
const Secured = z.union([z.string().min(1), JsonObjectSchema]);
const options = z.looseObject({ challenge: z.string().max(500).optional(), domain: z.union([z.string(), z.array(z.string())]).optional() }).optional();

export const Issue = z.object({ credential: JsonObjectSchema, options });
export const VerifyOne = z.object({ verifiableCredential: Secured, options });
export const VerifyShown = z.object({ verifiablePresentation: Secured, options });

/** @throws Refusal with every fault: the VC API wants 400 for whatever is not in order. */
export function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Refusal('MALFORMED_REQUEST', undefined, { faults: faultsOf(parsed.error, body) });
}

export const refused = (detail: string, faults: readonly Fault[]): Refusal => new Refusal('MALFORMED_REQUEST', detail, { faults });
