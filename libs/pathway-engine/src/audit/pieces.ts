import { betterOf, isFresh } from '../agreements/fits.ts';
import type { Counted } from '../agreements/fits.ts';
import type { Source } from '../facts/facts.ts';
import type { Centicredits, Grade } from '../facts/measures.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import type { Standing } from './situation.ts';
import { applyingTo, settle } from './winners.ts';
import type { Applying } from './winners.ts';

/** A piece of credit that is there and fits somewhere. */
export interface Piece {
  readonly ref: Source;
  /** The same for all grants of one agreement. */
  readonly source: string;
  readonly units: readonly number[];
  readonly credits: Centicredits;
  readonly subject?: string;
  readonly level?: number;
  readonly areas?: readonly string[];
  readonly course?: string;
  readonly issuer: string;
  readonly grade?: Grade;
  readonly term?: number;
  readonly resident: boolean;
  readonly bucket?: string;
  readonly places: readonly number[];
}

/** Number of the third of a calendar year in which a day lies. */
function termOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 3 + Math.floor(date.getUTCMonth() / 4);
}

/** Everything that a learner can put into a credential's places. With `unsettled`, as if of agreements for the same learning any could be chosen. */
export function piecesOf(graph: Graph, compiled: Compiled, standing: Standing, unsettled = false): Piece[] {
  const applying = applyingTo(compiled, standing);
  return [...granted(compiled, unsettled ? applying : settle(applying).winners), ...direct(compiled, standing)];
}

function granted({ credential, providers }: Compiled, applying: readonly Applying[]): Piece[] {
  return applying.flatMap(({ edge, best }) => {
    const provider = providers.get(edge.agreement.id);
    if (!provider) return [];
    const { agreement, units } = edge;
    const own = { units, issuer: agreement.sender, bucket: agreement.capBucket, ...gradeAndTerm(best) };
    const resident = agreement.sender === credential.institution && agreement.kind !== 'PLAR';
    return agreement.grants.flatMap(({ credits, subject, level, areas, course }, grant) => {
      const places = provider.placesOfGrant[grant]!;
      const ref = { agreement: agreement.id, grant };
      return places.length === 0 ? [] : [{ ref, source: `a:${agreement.id}`, credits, subject, level, areas, course, resident, places, ...own }];
    });
  });
}

function gradeAndTerm(best: readonly Counted[]): { grade?: number; term?: number } {
  const grades = best.map(({ grade, planned }) => (planned ? undefined : grade));
  const grade = grades.every((one) => one !== undefined) ? Math.min(...grades) : undefined;
  const term = best.some(({ planned }) => planned) ? undefined : termOf(Math.max(...best.map(({ completedOn }) => completedOn)));
  return { grade, term };
}

function direct({ credential, tree, directs }: Compiled, standing: Standing): Piece[] {
  const pieces: Piece[] = [];
  for (const [id, completions] of standing.direct) {
    const provider = directs.get(id);
    if (!provider) continue;
    const { microCredential: one, unit } = provider;
    const places = provider.places.filter((index) => {
      const place = tree.places[index]!;
      return place.kind !== 'CRED' || completions.some((c) => meetsCred(place, c, standing.asOf));
    });
    if (places.length === 0) continue;
    const best = completions.reduce<Counted | undefined>(betterOf, undefined)!;
    const { credits, subject, level, areas, issuer } = one;
    const resident = issuer === credential.institution;
    pieces.push({
      ref: { microCredential: id },
      source: `m:${id}`,
      units: [unit],
      credits,
      subject,
      level,
      areas,
      issuer,
      resident,
      places,
      ...gradeAndTerm([best]),
    });
  }
  return pieces;
}

/** A CRED asks for any one completion with grade and age together. */
function meetsCred({ minGrade, maxAgeMonths }: { minGrade?: Grade; maxAgeMonths?: number }, completion: Counted, asOf: number): boolean {
  if (completion.planned) return true;
  return (minGrade === undefined || (completion.grade !== undefined && completion.grade >= minGrade)) && isFresh(completion.completedOn, maxAgeMonths, asOf);
}
