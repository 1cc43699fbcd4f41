import type { Grant } from '../../facts/agreement.ts';
import type { Filter } from '../../facts/requirement.ts';
import type { Place } from '../../requirement/places.ts';
import { wantedPlaces } from './of-place.ts';
import type { View } from '../view.ts';

/** What is granted for what carries no credit: it has to be some, and how much is not for the engine to say. */
export const SOME_CREDIT = 300;

/** The places that were asked about, those of courses first: what an agreement would name first. */
export function placesGrantable(view: View): readonly Place[] {
  const places = wantedPlaces(view).map((index) => view.shown!.compiled.tree.places[index]!);
  return places.toSorted((a, b) => Number(b.kind === 'COURSE') - Number(a.kind === 'COURSE'));
}

/**
 * A grant by an institution that fits one of the places that were asked about, if there can be one. For what is without credit no other
 * institution names a course: it gives credit without one or, where that does not fit, waives the requirement.
 */
export function grantFor(view: View, sender: string): Grant | undefined {
  const { credits = SOME_CREDIT } = view.graph.microCredentials.get(view.ask.microCredential) ?? {};
  const sections = new Set(sectionIds(view));
  const places = placesGrantable(view);
  const credit = (place: Place): Grant | undefined => creditAt(place, sender, credits || SOME_CREDIT);
  const waiver = ({ id }: Place): Grant | undefined => (sections.has(id) ? undefined : { waives: id, credits: 0 });
  if (credits > 0 || sender === view.ask.receiver) return firstOf(places, (place) => credit(place) ?? waiver(place));
  const unnamed = (place: Place): Grant | undefined => {
    const grant = credit(place);
    return grant?.course === undefined ? grant : undefined;
  };
  return firstOf(places, unnamed) ?? firstOf(places, waiver);
}

function firstOf(places: readonly Place[], grantAt: (place: Place) => Grant | undefined): Grant | undefined {
  for (const place of places) {
    const grant = grantAt(place);
    if (grant) return grant;
  }
  return undefined;
}

function creditAt(place: Place, sender: string, credits: number): Grant | undefined {
  if (place.kind === 'COURSE') return { course: place.course, credits };
  return 'from' in place ? withinFilter(place.from, sender, credits) : undefined;
}

/** Sections are parts of a requirement: nothing waives one. */
function sectionIds({ shown }: View): string[] {
  const { root, places } = shown!.compiled.tree;
  const waiting = [root];
  const ids: string[] = [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'SECTIONS') ids.push(...node.places.map((place) => places[place]!.id));
    if (node.kind === 'K_OF') waiting.push(...node.of);
    if (node.kind === 'IF') waiting.push(node.then, ...(node.otherwise ? [node.otherwise] : []));
  }
  return ids;
}

function withinFilter({ subjects, minLevel, maxLevel, areas, courses, microCredentials, issuers }: Filter, sender: string, credits: number): Grant | undefined {
  if (microCredentials || (issuers && !issuers.includes(sender))) return undefined;
  const level = minLevel ?? maxLevel;
  return {
    ...(courses && { course: courses[0]! }),
    ...(subjects && { subject: subjects[0]! }),
    ...(level !== undefined && { level }),
    ...(areas && { areas: areas.slice(0, 1) }),
    credits,
  };
}
