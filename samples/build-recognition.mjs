/**
 * Makes agreements.json and pathways.json: those of facts/, and those that plain rules make of the catalogue. The same inputs always give the same
 * files. `node samples/build-recognition.mjs` writes them, `… --check` only compares.
 */
import { agreementsFor } from './rules/agreements.mjs';
import { credentialsOf, designedCredential } from './rules/credentials.mjs';
import { readJson, writeOrCheck } from './rules/fixed.mjs';
import { offerAt } from './rules/offer.mjs';
import { withOtherKinds } from './rules/other-kinds.mjs';

const [catalogue, institutions] = ['catalogue.json', 'institutions.json'].map(readJson);
const designed = readJson('facts/agreements.json').map(({ ctid, ...terms }) => ({ ctid, invented: true, ...terms }));
const simple = [...designed, ...agreementsFor(catalogue, institutions, designed)];
// Pathways ask for what agreements give; other agreements waive what pathways ask for.
const pathways = [
  ...readJson('facts/pathways.json').pathways.map((pathway) => designedCredential(pathway, catalogue)),
  ...institutions.flatMap((institution) => credentialsOf(offerAt(institution, catalogue, simple))),
];
const agreements = withOtherKinds(simple, { catalogue, institutions, pathways });

const script = 'build-recognition.mjs';
writeOrCheck('agreements.json', `[\n${agreements.map((agreement) => ` ${JSON.stringify(agreement)}`).join(',\n')}\n]\n`, script);
writeOrCheck('pathways.json', `${JSON.stringify(pathways, null, 1)}\n`, script);
