import { reasonsAgainst } from '../../agreements/reasons.ts';
import type { Reason } from '../../agreements/reasons.ts';
import type { Grant } from '../../facts/agreement.ts';
import { isWithin } from '../../facts/day.ts';
import type { Edge } from '../../graph/graph.ts';
import type { Fix } from '../fix.ts';
import type { Obstacle } from '../reason.ts';
import type { View } from '../view.ts';
import { SOME_CREDIT } from './grantable.ts';

/** Everything for which an agreement does not apply, or does not win, each with its fix. Empty for one that gives something. */
export function agreementObstacles(view: View, edge: Edge): Obstacle[] {
  const { ask, standing, lost } = view;
  const { agreement } = edge;
  const against = reasonsAgainst(edge, standing, ask.target.credential);
  if (against.length > 0) return against.flatMap((reason) => obstaclesOf(view, edge, reason));
  if (agreement.kind === 'NO_CREDIT')
    return [{ code: 'AGREEMENT_NO_CREDIT', fix: { fix: 'AMEND', agreement: agreement.id, to: { kind: 'UNASSIGNED', grants: [ownCredit(view)] } } }];
  const loser = lost.get(edge);
  if (!loser) return [];
  const { id, priority } = loser.to.agreement;
  const fix: Fix = { fix: 'AMEND', agreement: agreement.id, to: { priority: priority + 1 } };
  return [loser.key === 'RECORDED_LATER' ? { code: 'SUPERSEDED_BY', agreement: id, fix } : { code: 'LOST_CONFLICT_TO', agreement: id, key: loser.key, fix }];
}

/** The credit that a micro-credential carries, as credit of its subject. Where it carries none it has to be some. */
export function ownCredit({ graph, ask }: View): Grant {
  const { subject, credits = 0 } = graph.microCredentials.get(ask.microCredential) ?? {};
  return { ...(subject !== undefined && { subject }), credits: credits || SOME_CREDIT };
}

function obstaclesOf(view: View, edge: Edge, reason: Reason): Obstacle[] {
  const { standing, ask } = view;
  const { agreement } = edge;
  const inForce = isWithin(standing.asOf, agreement.validFrom, agreement.validUntil);
  const anew = (microCredential: string): Fix => ({ fix: 'COMPLETE', microCredential, completedOn: standing.asOf });
  switch (reason.code) {
    case 'NOT_YET_EFFECTIVE':
    case 'COMPLETED_OUTSIDE_WINDOW':
      return [{ ...reason, fix: inForce ? anew(reason.microCredential) : longerTerm(view, edge) }];
    case 'GRADE_BELOW_MIN':
      return [{ ...reason, fix: { fix: 'GRADE', microCredential: reason.microCredential, atLeast: reason.need } }];
    case 'GRADE_ABOVE_MAX':
      return [{ ...reason, fix: { fix: 'GRADE', microCredential: reason.microCredential, atMost: reason.most } }];
    case 'STALE_DATED':
    case 'CREDENTIAL_EXPIRED':
      return [{ ...reason, fix: anew(reason.microCredential) }, ...notInForce(view, edge, reason.microCredential)];
    case 'CLUSTER_INCOMPLETE':
      return missingObstacles(view, edge, reason.missing);
    case 'CONDITION_UNMET':
      return [{ ...reason, fix: { fix: 'DECLARE', declares: reason.condition.declares } }];
    case 'PROGRAM_SCOPE': {
      const { credential } = ask.target;
      return [
        {
          ...reason,
          fix: { fix: 'AMEND', agreement: agreement.id, to: { programScope: credential === undefined ? undefined : [...reason.programs, credential] } },
        },
      ];
    }
    case 'INDIVIDUAL_ASSESSMENT':
      return [{ ...reason, fix: { fix: 'ASK', agreement: agreement.id, grants: agreement.grants.length > 0 ? agreement.grants : [ownCredit(view)] } }];
    default:
      return [];
  }
}

/** What is missing is held but does not count, or is not held at all. */
function missingObstacles(view: View, edge: Edge, missing: readonly string[]): Obstacle[] {
  const unusable = missing.map((id) => unusableObstacle(view, view.graph.unit(id)));
  const absent = missing.filter((_, index) => !unusable[index]);
  const obstacles = unusable.flatMap((obstacle) => obstacle ?? []);
  if (absent.length > 0) obstacles.push({ code: 'CLUSTER_INCOMPLETE', missing: absent, fix: { fix: 'HOLD', microCredentials: absent } });
  const isAnew = obstacles.some(({ fix }) => fix.fix !== 'REINSTATE');
  return isAnew ? [...obstacles, ...notInForce(view, edge, missing[0]!)] : obstacles;
}

/** Why the completions of a unit do not count; undefined when there are none. */
export function unusableObstacle({ world, graph, standing: { asOf } }: View, unit: number): Obstacle | undefined {
  const held = world.situation.held.filter(({ microCredential }) => graph.unit(microCredential) === unit);
  const suspended = held.find(({ status, completedOn }) => status === 'SUSPENDED' && completedOn <= asOf);
  if (suspended)
    return { code: 'SUSPENDED', microCredential: suspended.microCredential, fix: { fix: 'REINSTATE', microCredential: suspended.microCredential } };
  const [one] = held.toSorted((a, b) => Number(a.status === 'REVOKED') - Number(b.status === 'REVOKED') || a.completedOn - b.completedOn);
  if (!one) return undefined;
  const { microCredential, completedOn, status } = one;
  const fix: Fix = { fix: 'COMPLETE', microCredential, completedOn: asOf };
  return status === 'REVOKED' ? { code: 'REVOKED', microCredential, fix } : { code: 'NOT_YET_EFFECTIVE', microCredential, from: completedOn, fix };
}

/** What is completed on the day of the question would not be within the agreement's term. */
function notInForce(view: View, edge: Edge, microCredential: string): Obstacle[] {
  const { validFrom, validUntil } = edge.agreement;
  if (isWithin(view.standing.asOf, validFrom, validUntil)) return [];
  const fix = longerTerm(view, edge);
  return [
    validFrom > view.standing.asOf
      ? { code: 'NOT_YET_EFFECTIVE', microCredential, from: validFrom, fix }
      : { code: 'EXPIRED_AGREEMENT', until: validUntil!, fix },
  ];
}

/** A term in which the day of the question lies, and every completion that there is. */
function longerTerm({ standing }: View, { agreement, units }: Edge): Fix {
  const days = units.flatMap((unit) => (standing.byUnit.get(unit) ?? []).map(({ completedOn }) => completedOn));
  return { fix: 'AMEND', agreement: agreement.id, to: { validFrom: Math.min(agreement.validFrom, standing.asOf, ...days), validUntil: null } };
}
