import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EventDefinition, OperationDefinition } from '@mcr/event-kit';
import { z } from 'zod';
import * as contracts from '../src/index.ts';

/** A type of event with the schema of its data: written by a service, or sent by an institution. */
export interface ReleasedType {
  readonly type: string;
  readonly data: z.ZodType;
}

const has = (value: unknown, ...members: string[]): boolean => typeof value === 'object' && value !== null && members.every((member) => member in value);

/** Everything that the contracts export, by name: nothing is released that is not found here. */
export const exported: readonly (readonly [string, unknown])[] = Object.entries(contracts);

export const ownEvents = exported.filter((entry): entry is [string, EventDefinition] => has(entry[1], 'type', 'topic', 'data', 'key'));
export const operations = exported.filter((entry): entry is [string, OperationDefinition] => has(entry[1], 'kind', 'name', 'refusals'));

export const inboundTypes: readonly ReleasedType[] = [
  { type: contracts.SUBMIT_AWARD, data: contracts.SubmitAward },
  { type: contracts.REVOKE_AWARD, data: contracts.RevokeAward },
];

export const releasedTypes: readonly ReleasedType[] = [...ownEvents.map(([, event]) => event), ...inboundTypes];

const FOLDER = new URL('../', import.meta.url);
export const fileOf = (folder: 'samples' | 'schemas', type: string): string => fileURLToPath(new URL(`${folder}/${type}.json`, FOLDER));
export const filesIn = (folder: 'samples' | 'schemas'): string[] => readdirSync(fileURLToPath(new URL(folder, FOLDER))).sort();
export const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** The JSON Schema (2020-12) of an event's data as it stands on a topic or in a request: before defaults and transformations. */
export const schemaDocument = ({ type, data }: ReleasedType): Record<string, unknown> => {
  const { $schema, ...schema } = z.toJSONSchema(data, { io: 'input' });
  return { $schema, $id: `urn:bc:mcr:schema:${type}`, ...schema } as Record<string, unknown>;
};
