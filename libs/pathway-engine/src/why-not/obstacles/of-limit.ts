import type { Piece } from '../../audit/pieces.ts';
import { limitNeed, qualifies } from '../../audit/tally.ts';
import type { Limit } from '../../facts/credential.ts';
import { kindOf } from '../fix.ts';
import type { Obstacle } from '../reason.ts';
import { haveOf, isBucketFull } from '../view.ts';
import type { View } from '../view.ts';

/** Why a piece that has a place does not count for a limit. */
export function limitObstacles(view: View, limit: Limit, piece: Piece): Obstacle[] {
  const { shown, graph } = view;
  const { compiled } = shown!;
  const credential = compiled.credential.id;
  if (limit.limit === 'GPA') return gradesBelow(view, piece.units, limit.min);
  if (limit.limit !== 'CAP' && !qualifies(limit, piece)) {
    const have = haveOf(shown!, limit);
    const code = limit.limit === 'LEVEL' ? 'LEVEL_SHORT' : 'RESIDENCY_SHORT';
    return [{ code, limit: limit.id, have, need: limitNeed(limit), fix: { fix: 'LIMIT', credential, limit: limit.id, min: have } }];
  }
  if (limit.limit !== 'CAP' && piece.credits === 0) return [nonCredit(view, piece)];
  const cap = compiled.limits.find((one) => one.limit === 'CAP' && one.bucket === piece.bucket);
  if (cap?.limit !== 'CAP' || !isBucketFull(shown!, piece, limit.limit === 'CAP' ? undefined : limit)) return [];
  const isAssessed = 'agreement' in piece.ref && graph.edges.get(piece.ref.agreement)!.agreement.kind === 'PLAR';
  const have = haveOf(shown!, cap) - piece.credits;
  const fix = { fix: 'LIMIT', credential, limit: cap.id, max: have + Math.max(1, piece.credits) } as const;
  return [{ code: isAssessed ? 'PLAR_CAP' : 'CAP_REACHED', bucket: cap.bucket, have, most: cap.max, fix }];
}

/** Credit where there is none. It has to be some; how much is not for the engine to say. */
export function nonCredit({ ask, graph }: View, { ref }: Piece): Obstacle {
  const code = 'NON_CREDIT' as const;
  const { microCredential } = ask;
  if ('microCredential' in ref) return { code, microCredential, fix: { fix: 'CREDIT', microCredential: ref.microCredential, credits: 100 } };
  const { kind, grants } = graph.edges.get(ref.agreement)!.agreement;
  const worth = grants.map((grant, index) => (index === ref.grant ? { ...grant, credits: 100 } : grant));
  const to = { kind: kindOf(kind, worth), grants: worth };
  return { code, microCredential, fix: { fix: 'AMEND', agreement: ref.agreement, to } };
}

/** The completions of these units whose grade is too low, or that have none where the micro-credential asked about needs one. */
export function gradesBelow({ graph, standing, world, ask }: View, units: readonly number[], need: number): Obstacle[] {
  const ids = new Set(world.situation.held.map(({ microCredential }) => microCredential).filter((id) => units.includes(graph.unit(id))));
  return [...ids].flatMap((microCredential): Obstacle[] => {
    const grades = (standing.byUnit.get(graph.unit(microCredential)) ?? []).flatMap((one) =>
      one.microCredential === microCredential ? (one.grade ?? []) : [],
    );
    const have = grades.length > 0 ? Math.max(...grades) : undefined;
    const isOf = have !== undefined || microCredential === ask.microCredential;
    return isOf && !(have !== undefined && have >= need)
      ? [{ code: 'GRADE_BELOW_MIN', microCredential, have, need, fix: { fix: 'GRADE', microCredential, atLeast: need } }]
      : [];
  });
}
