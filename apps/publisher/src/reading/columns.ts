import { IdentifierType, RevokeAward, SubmitAward } from '@mcr/contracts';
import { CannotRun } from '../cannot-run.ts';

const IDENTIFIER_COLUMNS = IdentifierType.options.map((type) => `learner.${type}`);
/** Objects have no column of their own: the learner's parts have one each; results, evidence, signed credentials and extensions go with JSON lines. */
const OBJECTS = new Set(['learner', 'result', 'evidence', 'signedCredential', 'extensions']);

/** Every column that a file may have, by the names of the contract. */
export const knownColumns: readonly string[] = [
  'type',
  ...new Set([...Object.keys(SubmitAward.shape), ...Object.keys(RevokeAward.shape)].filter((name) => !OBJECTS.has(name))),
  'learner.name',
  ...IDENTIFIER_COLUMNS,
];

/** A file without the column `type` submits only, so it needs what every submission needs. */
const requiredOf = (header: readonly string[]): string[] =>
  header.includes('type') ? ['sourceAwardId', 'revision'] : ['sourceAwardId', 'revision', 'microCredentialCtid', 'awardedDate', 'method'];

const listed = (names: readonly string[]): string => names.map((name) => (name === '' ? '(no name)' : name)).join(', ');

/** A first line without any known name is probably a record: its values are not repeated. */
function checkThatThereIsOne(header: readonly string[]): void {
  if (header.some((name) => knownColumns.includes(name))) return;
  const separator = header.length === 1 ? ' The columns must be separated by commas.' : '';
  throw new CannotRun(
    `The first line of the file names none of the columns, and nothing was sent.${separator}\nColumns that are known: ${listed(knownColumns)}.`,
  );
}

/** @throws CannotRun that lists everything that is wrong with the names of the columns at once. */
export function checkHeader(header: readonly string[]): void {
  checkThatThereIsOne(header);
  const missing = requiredOf(header).filter((name) => !header.includes(name));
  const identified = header.includes('type') || IDENTIFIER_COLUMNS.some((name) => header.includes(name));
  const unknown = header.filter((name) => !knownColumns.includes(name));
  const twice = [...new Set(header.filter((name, index) => header.indexOf(name) !== index && !unknown.includes(name)))];
  const faults = [
    ...(missing.length > 0 ? [`Missing columns: ${listed(missing)}.`] : []),
    ...(identified ? [] : [`Missing columns: at least one of ${listed(IDENTIFIER_COLUMNS)}.`]),
    ...(unknown.length > 0 ? [`Unknown columns: ${listed(unknown)}.`] : []),
    ...(twice.length > 0 ? [`Columns that appear twice: ${listed(twice)}.`] : []),
  ];
  if (faults.length === 0) return;
  throw new CannotRun(`The header of the file does not fit, and nothing was sent.\n${faults.join('\n')}\nColumns that are known: ${listed(knownColumns)}.`);
}
