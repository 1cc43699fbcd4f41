import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { breakingChanges } from './breaking-changes.ts';

const released = {
  code: z.string().max(6),
  hours: z.number().min(0).max(288).optional(),
  credits: z.number().positive().optional(),
  kind: z.enum(['A', 'B']),
  parts: z.array(z.object({ name: z.string() })).max(10),
  from: z.union([z.string().max(5), z.int()]).optional(),
  value: z.union([z.string(), z.number()]).optional(),
};
const document = (shape: z.ZodRawShape) => z.toJSONSchema(z.object(shape), { io: 'input' });
const breaks = (changes: z.ZodRawShape) => breakingChanges(document(released), document({ ...released, ...changes }));

describe('a released schema', () => {
  it.each<[string, z.ZodRawShape]>([
    ['is itself', {}],
    ['has an optional property more', { note: z.string().optional() }],
    ['has one more below', { parts: z.array(z.object({ name: z.string(), note: z.string().optional() })).max(10) }],
    ['has a value more', { kind: z.enum(['A', 'B', 'C']) }],
    ['has a wider bound', { hours: z.number().min(-1).max(300).optional() }],
    ['takes the number that all had to be above', { credits: z.number().min(0).optional() }],
    ['has no bound any more', { code: z.string() }],
    ['has an alternative more', { from: z.union([z.string().max(5), z.int(), z.boolean()]).optional() }],
    ['has a type more', { value: z.union([z.string(), z.number(), z.boolean()]).optional() }],
    ['is explained better', { code: z.string().max(6).describe('The code.') }],
  ])('still keeps its promise when it %s', (_what, changes) => {
    expect(breaks(changes)).toEqual([]);
  });

  it.each<[string, z.ZodRawShape, string]>([
    ['asks for a property more', { note: z.string() }, '/required changed'],
    ['leaves open what consumers rely on', { code: z.string().max(6).optional() }, '/required changed'],
    ['changes a type', { kind: z.number() }, '/properties/kind/type changed'],
    ['loses a type', { value: z.string().optional() }, '/properties/value/type changed'],
    ['loses a value', { kind: z.enum(['A']) }, '/properties/kind/enum lost a value'],
    ['narrows a bound', { code: z.string().max(5) }, '/properties/code/maxLength became narrower'],
    ['raises a bound from below', { hours: z.number().min(1).max(288).optional() }, '/properties/hours/minimum became narrower'],
    ['raises what all have to be above', { credits: z.number().min(1).optional() }, '/properties/credits/minimum became narrower'],
    ['gains a bound', { kind: z.enum(['A', 'B']).and(z.string().min(2)) as never }, '/properties/kind'],
    ['asks for a form', { code: z.string().max(6).regex(/^A/) }, '/properties/code/pattern changed'],
    ['loses an alternative', { from: z.union([z.string().max(5)]).optional() }, '/properties/from/anyOf lost an alternative'],
    ['changes below', { parts: z.array(z.object({ name: z.number() })).max(10) }, '/properties/parts/items/properties/name/type changed'],
    ['becomes strict', { parts: z.array(z.strictObject({ name: z.string() })).max(10) }, '/properties/parts/items/additionalProperties changed'],
  ])('breaks it when it %s', (_what, changes, where) => {
    expect(breaks(changes).join('\n')).toContain(where);
  });

  it('breaks it when it loses a property', () => {
    const { hours: _hours, ...without } = released;
    expect(breakingChanges(document(released), document(without))).toEqual(['/properties/hours was removed']);
  });
});
