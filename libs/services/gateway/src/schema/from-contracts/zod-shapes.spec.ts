import { describe, expect, it } from '@jest/globals';
import { DefineMicroCredential, InviteInstitution, PublicJwk } from '@mcr/contracts';
import { aMicroCredential, anInstitution } from '@mcr/testing';
import { commandInput, inCallersWords, membersOf, required } from './zod-shapes.ts';

describe('what a caller wrote in GraphQL', () => {
  it('is the input of the command, with language maps by their tags', () => {
    const { name: _name, ...rest } = anInstitution();
    const written = { ...rest, name: { en: 'College', fr: 'Collège' } };
    expect(commandInput(InviteInstitution.input, written)).toEqual({ ...rest, name: { 'en-CA': 'College', 'fr-CA': 'Collège' } });
  });

  it('leaves out what is null, at every level', () => {
    const definition = { ...aMicroCredential(), name: { en: 'Data', fr: null }, description: { en: 'About data.' }, purpose: null, keyword: undefined };
    const input = commandInput(DefineMicroCredential.input, { ctid: null, ownedBy: 'BCIT', definition }) as { definition: object };
    expect(input).not.toHaveProperty('ctid');
    expect(input.definition).toMatchObject({ name: { 'en-CA': 'Data' }, assessments: [{ id: 'portfolio' }] });
    expect(Object.keys(input.definition)).not.toEqual(expect.arrayContaining(['purpose']));
    expect(DefineMicroCredential.input.safeParse(input).success).toBe(true);
  });

  it('is pointed at in the words that the caller used', () => {
    expect(inCallersWords('/definition/name/en-CA')).toBe('/definition/name/en');
    expect(inCallersWords('/name/fr-CA')).toBe('/name/fr');
    expect(inCallersWords('/definition/inLanguage/0')).toBe('/definition/inLanguage/0');
  });

  it('may be one of several shapes: what they share is required, the rest is not', () => {
    const members = membersOf(PublicJwk)!;
    expect(Object.entries(members).map(([name, schema]) => [name, required(schema)])).toEqual(
      expect.arrayContaining([
        ['kty', true],
        ['x', true],
        ['y', false],
      ]),
    );
  });
});
