import type { Directory } from '../directory.ts';
import type { Imported, Listed, ListedCode, ProposedGrant } from '../proposal.ts';
import { stableCtid } from '../stable-ctid.ts';
import { standAgainst } from '../ties.ts';
import type { Slot } from './slots.ts';
import { type Tail, groupsOf, unionsOf } from './unions.ts';

type Made = Imported['agreements'][number];

/** What rows do not say. */
export interface StudyTerms {
  /** The first day of every agreement and pathway. */
  readonly startDate: string;
  /** What the receiver writes down for a row: so many credits, or AS_SENT: the credit of the courses, shared equally by the rows that they fill. */
  readonly rowCredit: number | 'AS_SENT';
}

export interface CollegeAtReceiver {
  readonly sender: string;
  readonly receiver: string;
  readonly slots: readonly Slot[];
  /** Credit of each course of the college. */
  readonly courses: Readonly<Record<string, number>>;
}

/** The most grants, and the most things, that an agreement takes. */
const MOST = 20;

const subjectOf = (receiving: string): string => {
  const [words = ''] = /^[^\d;]*/.exec(receiving) ?? [];
  return words.trim().length >= 2 ? words.trim().slice(0, 40) : receiving.slice(0, 40).padEnd(2, '.');
};

class Making {
  readonly agreements: Made[] = [];
  readonly listed: Listed[] = [];
  readonly #at: CollegeAtReceiver;
  readonly #directory: Directory;
  readonly #terms: StudyTerms;

  constructor(at: CollegeAtReceiver, directory: Directory, terms: StudyTerms) {
    [this.#at, this.#directory, this.#terms] = [at, directory, terms];
  }

  make(): void {
    const known = this.#knownCourses();
    const lists = this.#at.slots.flatMap(({ options }) => options.filter((option) => option.every((course) => known.has(course))));
    for (const group of groupsOf(lists)) this.#makeGroup(group, known);
  }

  /** CTIDs of the college's courses; what is not known is listed with the first row that needs it. */
  #knownCourses(): Map<string, string> {
    const { sender, slots } = this.#at;
    const known = new Map<string, string>();
    const firstRows = new Map<string, number>();
    for (const { row, options } of slots) for (const course of options.flat()) if (!firstRows.has(course)) firstRows.set(course, row);
    for (const [course, row] of firstRows) {
      const found = this.#directory.microCredentials(sender, course);
      const [one] = found;
      if (!one) this.#say(row, 'MICRO_CREDENTIAL_UNKNOWN', `${sender} offers no published micro-credential ${course}.`, 'Publish it first.');
      else if (found.length > 1)
        this.#say(row, 'MICRO_CREDENTIAL_AMBIGUOUS', `${sender} offers ${found.length} micro-credentials ${course}.`, 'List it by hand.');
      else if (one.isNonCredit) this.#say(row, 'NON_CREDIT', `${course} carries no credit, and cannot count as a course.`, 'Ask for credit of the subject.');
      else known.set(course, one.ctid);
    }
    return known;
  }

  #makeGroup(group: readonly Tail[], known: ReadonlyMap<string, string>): void {
    const tails = unionsOf(group);
    const made = tails?.map((tail) => this.#agreementOf(tail, known));
    const isTooMuch = made?.some(({ from, grants }) => from.length > MOST || grants.length > MOST) ?? true;
    if (isTooMuch || !made) {
      const [first] = this.#servedBy(group[0]!);
      this.#say(first!.row, 'TOO_MANY_COMBINATIONS', 'Too many lists share courses with each other here.', 'List what is wanted by hand.');
      return;
    }
    this.agreements.push(...(standAgainst(made).length === 0 ? made : inOrder(made)));
  }

  #servedBy(tail: Tail): Slot[] {
    return this.#at.slots.filter(({ options }) => options.some((option) => option.every((course) => tail.has(course))));
  }

  #agreementOf(tail: Tail, known: ReadonlyMap<string, string>): Made {
    const { sender, receiver, courses } = this.#at;
    const slots = this.#servedBy(tail);
    const { rowCredit, startDate } = this.#terms;
    const sent = [...tail].reduce((credits, course) => credits + (courses[course] ?? 0), 0);
    const credits = rowCredit === 'AS_SENT' ? Math.floor((sent * 100) / slots.length + 1e-9) / 100 : rowCredit;
    const grants = slots.map(({ course, receiving }): ProposedGrant => ({ course, subject: subjectOf(receiving), credits }));
    const from = [...tail].sort().map((course) => ({ microCredential: known.get(course)! }));
    const kind = tail.size > 1 ? 'CLUSTER' : 'ASSIGNED';
    const ctid = stableCtid('study', JSON.stringify([sender, receiver, from, grants, startDate]));
    return { ctid, sender, receiver, kind, from, grants, startDate, rows: slots.map(({ row }) => row) };
  }

  #say(row: number, code: ListedCode, message: string, hint: string): void {
    this.listed.push({ row, code, message, hint });
  }
}

/**
 * Of agreements that hang together, a priority for each: those of more courses go first, as they would without one; of equally many the one whose
 * first row stands first.
 */
function inOrder(made: readonly Made[]): Made[] {
  const order = made.toSorted((a, b) => a.from.length - b.from.length || b.rows[0]! - a.rows[0]!);
  return made.map((agreement) => ({ ...agreement, priority: order.indexOf(agreement) + 1 }));
}

/** The agreements of one college with one receiver: one for every list of courses, and for every union of lists that overlap. */
export function agreementsBetween(at: CollegeAtReceiver, directory: Directory, terms: StudyTerms): Pick<Imported, 'agreements' | 'listed'> {
  const making = new Making(at, directory, terms);
  making.make();
  return making;
}
