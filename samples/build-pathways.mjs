/**
 * Makes pathways.json: those of facts/pathways.json, and those that plain rules make of the catalogue and the agreements.
 * The same inputs always give the same file. `node samples/build-pathways.mjs` writes it, `… --check` only compares.
 */
import { credentialsOf, designedCredential } from './rules/credentials.mjs';
import { readJson, writeOrCheck } from './rules/fixed.mjs';
import { offerAt } from './rules/offer.mjs';

const [catalogue, agreements, institutions] = ['catalogue.json', 'agreements.json', 'institutions.json'].map(readJson);
const designed = readJson('facts/pathways.json').pathways.map((pathway) => designedCredential(pathway, catalogue));
const made = institutions.flatMap((institution) => credentialsOf(offerAt(institution, catalogue, agreements)));
writeOrCheck('pathways.json', `${JSON.stringify([...designed, ...made], null, 1)}\n`, 'build-pathways.mjs');
