import { type Directory, folded } from '../directory.ts';
import type { Imported, ImportedKind, Listed, ListedCode, ProposedAgreement, ProposedGrant } from '../proposal.ts';
import { stableCtid } from '../stable-ctid.ts';
import { classifyCondition } from './condition.ts';
import { contradictionsAmong } from './contradictions.ts';
import { type Detail, classifyDetail } from './detail.ts';
import { type RawRow, type RowColumn, type TransferGuideRow, readRow } from './row.ts';
import { sendingCourses } from './sending.ts';

type Made = Imported['agreements'][number];
/** What one row comes to. */
type Outcome = { readonly agreement: Made } | { readonly listed: readonly Listed[] };

class Reading {
  readonly listed: Listed[] = [];
  readonly row: TransferGuideRow;
  readonly directory: Directory;

  constructor(row: TransferGuideRow, directory: Directory) {
    this.row = row;
    this.directory = directory;
  }

  say(column: RowColumn, code: ListedCode, message: string, hint: string): undefined {
    this.listed.push({ row: this.row.row, column, code, message, hint });
  }

  institution(column: 'sendingInstitution' | 'receivingInstitution'): string | undefined {
    const code = this.directory.institution(this.row[column]);
    return code ?? this.say(column, 'INSTITUTION_UNKNOWN', 'No single institution of the registry has this code or name.', 'Use its code, such as BCIT.');
  }

  /** CTIDs of what the row sends. */
  items(sender: string): { readonly ctids: readonly string[]; readonly isNonCredit: boolean } | undefined {
    const courses = sendingCourses(this.row.subject, this.row.number);
    if (!courses)
      return this.say('number', 'SENDING_UNCLEAR', 'This is no number of a course, and no list of numbers with "&".', 'Write "125", or "110 & 111".');
    const found = courses.map((course) => ({ course, known: this.directory.microCredentials(sender, course) }));
    for (const { course, known } of found) {
      if (known.length === 0) this.say('number', 'MICRO_CREDENTIAL_UNKNOWN', `${sender} offers no published micro-credential ${course}.`, 'Publish it first.');
      if (known.length > 1)
        this.say('number', 'MICRO_CREDENTIAL_AMBIGUOUS', `${sender} offers ${known.length} micro-credentials ${course}.`, 'List it by hand.');
    }
    if (found.some(({ known }) => known.length !== 1)) return undefined;
    return { ctids: found.map(({ known }) => known[0]!.ctid), isNonCredit: found.some(({ known }) => known[0]!.isNonCredit) };
  }

  /** The requirements that an exemption waives: each course must be asked for by exactly one of them. */
  waivers(receiver: string, courses: readonly { readonly subject: string; readonly course: string }[]): ProposedGrant[] | undefined {
    const found = courses.map(({ subject, course }) => ({ subject, course, ids: this.directory.requirementsFor(receiver, course) }));
    for (const { course, ids } of found) {
      const message = ids.length === 0 ? `No pathway of ${receiver} asks for ${course}.` : `${receiver} asks for ${course} in ${ids.length} requirements.`;
      if (ids.length !== 1) this.say('detail', 'WAIVER_UNKNOWN', message, 'List it by hand, with the requirement that is waived.');
    }
    return found.every(({ ids }) => ids.length === 1) ? found.map(({ subject, ids }) => ({ subject, credits: 0, waives: ids[0]! })) : undefined;
  }
}

const kindOf = (detail: Exclude<Detail, { kind: 'UNCLEAR' }>, items: number): ImportedKind => {
  if (detail.kind === 'COURSES') return items > 1 ? 'CLUSTER' : 'ASSIGNED';
  return detail.kind === 'SUBJECT_CREDIT' ? 'UNASSIGNED' : detail.kind;
};

function grantsOf(reading: Reading, detail: Detail, receiver: string | undefined): readonly ProposedGrant[] | undefined {
  switch (detail.kind) {
    case 'UNCLEAR':
      return reading.say('detail', detail.code, detail.message, detail.hint);
    case 'EXEMPTION':
      return receiver === undefined ? undefined : reading.waivers(receiver, detail.courses);
    case 'COURSES':
    case 'SUBJECT_CREDIT':
      return detail.grants;
    default:
      return [];
  }
}

/** What an agreement says, without where it was read: two rows that say the same make one. */
const told = ({ sender, receiver, kind, from, grants, startDate, endDate }: Omit<ProposedAgreement, 'ctid'>): string =>
  JSON.stringify([sender, receiver, kind, from.toSorted((a, b) => (a.microCredential < b.microCredential ? -1 : 1)), grants, startDate, endDate]);

function outcomeOf(row: TransferGuideRow, directory: Directory): Outcome {
  const reading = new Reading(row, directory);
  const sender = reading.institution('sendingInstitution');
  const receiver = reading.institution('receivingInstitution');
  if (sender !== undefined && sender === receiver)
    reading.say('receivingInstitution', 'SENDER_IS_RECEIVER', 'An agreement is between two institutions.', 'Compare the two with the source.');
  const items = sender === undefined ? undefined : reading.items(sender);
  const condition = classifyCondition(row.condition);
  if ('code' in condition) reading.say('condition', condition.code, condition.message, condition.hint);
  // Where the receiver is not known, nothing is said of another one.
  const isReceiver = (name: string): boolean => receiver === undefined || folded(name) === receiver || directory.institution(name) === receiver;
  const detail = classifyDetail(row.detail, isReceiver);
  const grants = grantsOf(reading, detail, receiver);
  // The registry takes neither courses nor a "no credit" for what carries none.
  if (items?.isNonCredit && (detail.kind === 'COURSES' || detail.kind === 'NO_CREDIT'))
    reading.say(
      'detail',
      'NON_CREDIT',
      'What is sent carries no credit, and only credit of a subject, an exemption or an assessment can be agreed.',
      'Ask the receiver.',
    );
  const isComplete = sender !== undefined && receiver !== undefined && items !== undefined && grants !== undefined && detail.kind !== 'UNCLEAR';
  if (reading.listed.length > 0 || !isComplete || 'code' in condition) return { listed: reading.listed };
  const { minGrade } = condition;
  const from = items.ctids.map((microCredential) => ({ microCredential, ...(minGrade !== undefined && { minGrade }) }));
  const { startDate, endDate } = row;
  const terms = { sender, receiver, kind: kindOf(detail, items.ctids.length), from, grants, startDate, ...(endDate !== undefined && { endDate }) };
  return { agreement: { ctid: stableCtid('transfer guide', told(terms)), ...terms, rows: [row.row] } };
}

/**
 * Makes agreements of rows of the B.C. Transfer Guide. A row that is not certain in every part is listed with all the reasons, never guessed; so
 * are rows that contradict each other, all of them, because nothing says which holds.
 */
export function importTransferGuide(rows: readonly RawRow[], directory: Directory): Imported {
  const listed: Listed[] = [];
  const made = new Map<string, Made>();
  for (const [index, raw] of rows.entries()) {
    const read = readRow(raw, index + 1);
    const outcome = read.row ? outcomeOf(read.row, directory) : { listed: read.listed };
    if ('listed' in outcome) listed.push(...outcome.listed);
    else if (made.has(outcome.agreement.ctid)) listed.push(repeated(index + 1, made.get(outcome.agreement.ctid)!));
    else made.set(outcome.agreement.ctid, outcome.agreement);
  }
  const contradictions = contradictionsAmong([...made.values()]);
  const taken = new Set(contradictions.map(({ row }) => row));
  return {
    agreements: [...made.values()].filter(({ rows: [row] }) => !taken.has(row!)),
    pathways: [],
    listed: [...listed, ...contradictions].sort((a, b) => a.row - b.row),
  };
}

const repeated = (row: number, first: Made): Listed => ({
  row,
  code: 'REPEATED',
  message: `Row ${first.rows[0]} says the same.`,
  hint: 'Nothing is lost: one agreement was made of both.',
});
