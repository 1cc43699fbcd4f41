import { isUnexpired, isUsable } from '../agreements/fits.ts';
import type { Edge } from '../graph/graph.ts';
import { requirementsOf } from '../facts-check/tree.ts';
import { agreementObstacles, ownCredit, unusableObstacle } from './obstacles/of-agreement.ts';
import { edgesFrom } from './ask.ts';
import { kindOf } from './fix.ts';
import { grantFor, placesGrantable } from './obstacles/grantable.ts';
import { credObstacles, placeObstacles, wantedPlaces } from './obstacles/of-place.ts';
import type { Obstacle } from './reason.ts';
import type { View } from './view.ts';

/** A way in which something could be recognised: through an agreement that there is or that would be made, or by itself. */
export type Route = { readonly agreement: string } | 'DIRECT' | 'NEW_AGREEMENT' | 'MANUAL' | 'ADMIT';

/** The ways that there are; those that would need the facts to be made for it only where there is no other. */
export function routesOf(view: View): { readonly there: readonly Route[]; readonly made: readonly Route[] } {
  const { graph, unit, ask, won, shown } = view;
  const edges = edgesFrom(graph, unit, ask.receiver).filter((edge) => edge.agreement.kind !== 'NO_CREDIT' || won.has(edge));
  const isOwn = graph.microCredentials.get(ask.microCredential)?.issuer === ask.receiver;
  const wanted = shown ? wantedPlaces(view) : [];
  const isDirect = shown ? shown.compiled.directs.get(ask.microCredential)?.places.some((place) => wanted.includes(place)) : isOwn;
  const manual: Route[] = shown && wanted.length === 0 ? ['MANUAL'] : [];
  const there: Route[] = [...(isDirect ? ['DIRECT' as const] : []), ...edges.map(({ agreement }) => ({ agreement: agreement.id })), ...manual];
  // An institution makes no agreement with itself about what it may as well take.
  const made: readonly Route[] = isOwn ? ['ADMIT', 'NEW_AGREEMENT'] : ['NEW_AGREEMENT', 'ADMIT'];
  return { there, made: shown ? made : ['NEW_AGREEMENT'] };
}

/** What stands in the way of a route now. Undefined when there is nothing that could be done about it. */
export function obstaclesOn(view: View, route: Route): Obstacle[] | undefined {
  switch (route) {
    case 'DIRECT':
      return directObstacles(view);
    case 'MANUAL':
      return isTaken(view) ? directObstacles(view) : manualObstacles(view);
    case 'ADMIT':
      return isTaken(view) ? directObstacles(view) : admitObstacles(view);
    case 'NEW_AGREEMENT': {
      const edge = view.graph.edges.get(newId(view));
      return edge ? edgeObstacles(view, edge) : newAgreement(view);
    }
    default:
      return edgeObstacles(view, view.graph.edges.get(route.agreement)!);
  }
}

const newId = ({ ask }: View): string => `${ask.microCredential} at ${ask.receiver}`;

/** Whether a place that was asked about takes the micro-credential itself. */
const isTaken = (view: View): boolean => {
  const wanted = wantedPlaces(view);
  return view.shown!.compiled.directs.get(view.ask.microCredential)?.places.some((place) => wanted.includes(place)) ?? false;
};

function edgeObstacles(view: View, edge: Edge): Obstacle[] | undefined {
  const obstacles = agreementObstacles(view, edge);
  if (obstacles.length > 0 || !view.shown) return obstacles;
  const { agreement } = edge;
  const found = placeObstacles(view, ({ ref }) => 'agreement' in ref && ref.agreement === agreement.id);
  return found ?? notInTree(view, edge);
}

/** Nothing that the agreement grants fits: it would have to grant something else too. */
function notInTree(view: View, { agreement }: Edge): Obstacle[] | undefined {
  const { compiled } = view.shown!;
  const wanted = wantedPlaces(view);
  const provider = compiled.providers.get(agreement.id);
  if (provider?.placesOfGrant.some((places) => places.some((place) => wanted.includes(place)))) return undefined;
  const granted = grantFor(view, agreement.sender);
  if (!granted || (agreement.kind === 'STACK' && granted.course === undefined)) return undefined;
  const grants = [...agreement.grants, granted];
  const fix = { fix: 'AMEND', agreement: agreement.id, to: { kind: kindOf(agreement.kind, grants), grants } } as const;
  const courses = wanted.flatMap((index) => {
    const place = compiled.tree.places[index]!;
    return place.kind === 'COURSE' ? [place.course] : [];
  });
  const isUnassigned = agreement.kind === 'UNASSIGNED' && courses.length > 0;
  return [isUnassigned ? { code: 'UNASSIGNED_ONLY', courses: [...new Set(courses)], fix } : { code: 'NOT_IN_TREE', credential: compiled.credential.id, fix }];
}

function newAgreement(view: View): Obstacle[] | undefined {
  const { ask, graph, standing, unit, world } = view;
  const { microCredential, receiver } = ask;
  const { issuer, credits } = graph.microCredentials.get(microCredential)!;
  const granted = view.shown ? grantFor(view, issuer) : ownCredit(view);
  if (!granted) return undefined;
  const days = world.situation.held.filter((one) => graph.unit(one.microCredential) === unit).map(({ completedOn }) => completedOn);
  const fix = {
    fix: 'AGREEMENT',
    agreement: {
      id: newId(view),
      kind: granted.waives !== undefined ? 'EXEMPTION' : granted.course === undefined ? 'UNASSIGNED' : issuer === receiver ? 'STACK' : 'ASSIGNED',
      sender: issuer,
      receiver,
      from: [{ microCredential }],
      grants: [granted],
      validFrom: Math.min(standing.asOf, ...days),
      validUntil: null,
      priority: 0,
      recordedOn: standing.asOf,
    },
  } as const;
  return [credits === 0 ? { code: 'NON_CREDIT', microCredential, fix } : { code: 'NO_AGREEMENT', receiver, fix }];
}

function directObstacles(view: View): Obstacle[] | undefined {
  const { ask, standing, world } = view;
  const { microCredential } = ask;
  if (!standing.direct.has(microCredential)) {
    const own = world.situation.held.filter((one) => one.microCredential === microCredential);
    const expired = own.find((one) => isUsable(one, standing.asOf) && !isUnexpired(one, standing.asOf));
    if (expired)
      return [{ code: 'CREDENTIAL_EXPIRED', microCredential, on: expired.expiresOn!, fix: { fix: 'COMPLETE', microCredential, completedOn: standing.asOf } }];
    const unusable = unusableObstacle({ ...view, world: { ...world, situation: { ...world.situation, held: own } } }, view.unit);
    return unusable && [unusable];
  }
  if (!view.shown) return undefined;
  const found = placeObstacles(view, ({ ref }) => 'microCredential' in ref && ref.microCredential === microCredential);
  if (found) return found;
  const places = view.shown.compiled.directs.get(microCredential)?.places ?? [];
  const wanted = wantedPlaces(view).filter((place) => places.includes(place));
  return wanted.map((place) => credObstacles(view, place)).find((obstacles) => obstacles.length > 0);
}

function manualObstacles(view: View): Obstacle[] | undefined {
  const { compiled } = view.shown!;
  const credential = compiled.credential.id;
  const asked = [...requirementsOf(compiled.credential.requirement)].find(({ id }) => id === view.ask.target.place);
  const manual = asked && [...requirementsOf(asked)].find(({ node }) => node === 'MANUAL');
  if (!manual) return undefined;
  const { microCredential } = view.ask;
  return [{ code: 'MANUAL_REVIEW', requirement: manual.id, fix: { fix: 'ASK', credential, requirement: manual.id, microCredential } }];
}

/** No agreement could grant what is asked for: the leaf itself would have to take the micro-credential. */
function admitObstacles(view: View): Obstacle[] | undefined {
  const { compiled } = view.shown!;
  const credential = compiled.credential.id;
  const place = placesGrantable(view).find(({ kind }) => kind !== 'COURSE' && kind !== 'WAIVER');
  if (!place) return undefined;
  const { microCredential } = view.ask;
  return [{ code: 'NOT_IN_TREE', credential, fix: { fix: 'ADMIT', credential, requirement: place.id, microCredential } }];
}
