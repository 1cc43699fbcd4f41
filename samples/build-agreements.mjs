/**
 * Makes agreements.json: those of facts/agreements.json, and those that plain rules make of the catalogue.
 * The same inputs always give the same file. `node samples/build-agreements.mjs` writes it, `… --check` only compares.
 */
import { agreementsFor } from './rules/agreements.mjs';
import { readJson, writeOrCheck } from './rules/fixed.mjs';

const designed = readJson('facts/agreements.json').map(({ ctid, ...terms }) => ({ ctid, invented: true, ...terms }));
const made = agreementsFor(readJson('catalogue.json'), readJson('institutions.json'), designed);
const lines = [...designed, ...made].map((agreement) => ` ${JSON.stringify(agreement)}`);
writeOrCheck('agreements.json', `[\n${lines.join(',\n')}\n]\n`, 'build-agreements.mjs');
