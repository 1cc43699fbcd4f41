import { existsSync, readFileSync } from 'node:fs';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';

const FOLDER = new URL('../../../../../../shared/data/1edtech-schemas/', import.meta.url);

const schemas = {
  openBadge: 'ob-v3p0/ob_v3p0_achievementcredential_schema.json',
  endorsement: 'ob-v3p0/ob_v3p0_endorsementcredential_schema.json',
  learnerRecord: 'clr-v2p0/clr_v2p0_clrcredential_schema.json',
} as const;

/** The schemas that 1EdTech publishes are data that this repository does not hold. */
export const officialSchemasAreThere = existsSync(new URL(schemas.openBadge, FOLDER));

const ajv = new Ajv2019({ strict: false, allErrors: true });
addFormats.default(ajv);
const compiled = new Map<string, ValidateFunction>();

function validatorOf(name: keyof typeof schemas): ValidateFunction {
  const known = compiled.get(name);
  if (known) return known;
  const validate = ajv.compile(JSON.parse(readFileSync(new URL(schemas[name], FOLDER), 'utf8')) as object);
  compiled.set(name, validate);
  return validate;
}

/** Everything that the official schema finds wrong with a document, as `pointer message`. */
export function officialFaults(name: keyof typeof schemas, document: unknown): string[] {
  const validate = validatorOf(name);
  // As a recipient gets it: members without a value are not in JSON.
  validate(JSON.parse(JSON.stringify(document)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
