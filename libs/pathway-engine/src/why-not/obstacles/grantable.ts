import type { Grant } from '../../facts/agreement.ts';
import type { Filter } from '../../facts/requirement.ts';
import type { Place } from '../../requirement/places.ts';
import { wantedPlaces } from './of-place.ts';
import type { View } from '../view.ts';

/** The places that were asked about, those of courses first: what an agreement would name first. */
export function placesGrantable(view: View): readonly Place[] {
  const places = wantedPlaces(view).map((index) => view.shown!.compiled.tree.places[index]!);
  return places.toSorted((a, b) => Number(b.kind === 'COURSE') - Number(a.kind === 'COURSE'));
}

/** A grant by an institution that fits one of the places that were asked about, if there can be one. */
export function grantFor(view: View, sender: string): Grant | undefined {
  const credits = view.graph.microCredentials.get(view.ask.microCredential)?.credits || 300;
  const sections = new Set(sectionIds(view));
  for (const place of placesGrantable(view)) {
    if (place.kind === 'COURSE') return { course: place.course, credits };
    if ('from' in place) {
      const grant = withinFilter(place.from, sender, credits);
      if (grant) return grant;
    }
    if (!sections.has(place.id)) return { waives: place.id, credits: 0 };
  }
  return undefined;
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
