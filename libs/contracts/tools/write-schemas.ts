/**
 * Writes the committed JSON Schemas anew: `node --import ./tools/typescript.mjs libs/contracts/tools/write-schemas.ts`.
 * A change that breaks a released schema is refused: it is a new version of the event type, beside the old one.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { breakingChanges } from './breaking-changes.ts';
import { fileOf, readJson, releasedTypes, schemaDocument } from './released-events.ts';

let refused = 0;
for (const released of releasedTypes) {
  const file = fileOf('schemas', released.type);
  const schema = schemaDocument(released);
  const breaks = existsSync(file) ? breakingChanges(readJson(file), schema) : [];
  refused += breaks.length;
  if (breaks.length === 0) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  else console.error([`${released.type} would break:`, ...breaks].join('\n  '));
}
if (refused > 0) {
  console.error('Make it a new version of the type. A schema that nobody has used yet may be deleted by hand first.');
  process.exitCode = 1;
}
