import { describe, expect, it } from '@jest/globals';
import { breakingChanges } from './breaking-changes.ts';
import { fileOf, filesIn, readJson, releasedTypes, schemaDocument } from './released-events.ts';

describe('JSON Schemas', () => {
  it('are there for every released type, and for nothing else', () => {
    expect(filesIn('schemas')).toEqual(releasedTypes.map(({ type }) => `${type}.json`).sort());
  });

  it.each(releasedTypes)('of $type are what the code says (write them anew with libs/contracts/tools/write-schemas.ts)', (released) => {
    expect(readJson(fileOf('schemas', released.type))).toEqual(JSON.parse(JSON.stringify(schemaDocument(released))));
  });

  it.each(releasedTypes)('of $type promise what was released', (released) => {
    expect(breakingChanges(readJson(fileOf('schemas', released.type)), schemaDocument(released))).toEqual([]);
  });
});
