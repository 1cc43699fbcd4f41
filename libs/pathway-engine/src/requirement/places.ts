import type { Filter, Requirement } from '../facts/requirement.ts';

/** No more than `max` of what the filter takes; an inner one goes first. */
export interface Cap {
  readonly of: Filter;
  readonly max: number;
}

/** Where a piece of credit can be put. */
export type Place = { readonly id: string } & (
  | { readonly kind: 'COURSE'; readonly course: string }
  | { readonly kind: 'CRED'; readonly microCredential: string; readonly minGrade?: number; readonly maxAgeMonths?: number }
  | { readonly kind: 'CREDITS' | 'COUNT'; readonly from: Filter; readonly caps: readonly Cap[] }
  | { readonly kind: 'DISTINCT'; readonly by: 'SUBJECT' | 'AREA' | 'TERM'; readonly from: Filter }
  | { readonly kind: 'WAIVER' }
);

/** A requirement tree over places, by their number. Every node may have a place where a waiver meets it. */
export type Node = { readonly id: string; readonly waiver?: number } & (
  | { readonly kind: 'PLACE'; readonly place: number; readonly need: number }
  | { readonly kind: 'K_OF'; readonly k: number; readonly of: readonly Node[] }
  | {
      readonly kind: 'SECTIONS';
      readonly places: readonly number[];
      readonly min: number;
      readonly most: number;
      readonly each: number;
      readonly total: number;
    }
  | { readonly kind: 'IF'; readonly declares: string; readonly then: Node; readonly otherwise?: Node }
  | { readonly kind: 'MANUAL' }
);

export interface Tree {
  readonly places: readonly Place[];
  readonly root: Node;
}

/** Numbers the places of a requirement, in the order of the tree. `isWaived` says which ids any agreement could waive. */
export function treeOf(requirement: Requirement, isWaived: (id: string) => boolean): Tree {
  const places: Place[] = [];
  const put = (place: Place): number => places.push(place) - 1;
  const all = (of: readonly Requirement[]): Node[] => of.map((one) => visit(one, []));
  const visit = (r: Requirement, caps: readonly Cap[]): Node => {
    const node = nodeOf(r, caps, put, visit, all);
    return isWaived(r.id) ? { ...node, waiver: put({ id: r.id, kind: 'WAIVER' }) } : node;
  };
  return { root: visit(requirement, []), places };
}

function nodeOf(
  r: Requirement,
  caps: readonly Cap[],
  put: (place: Place) => number,
  visit: (r: Requirement, caps: readonly Cap[]) => Node,
  all: (of: readonly Requirement[]) => Node[],
): Node {
  const { id } = r;
  switch (r.node) {
    case 'COURSE':
      return { kind: 'PLACE', id, place: put({ id, kind: 'COURSE', course: r.course }), need: 1 };
    case 'CRED': {
      const { microCredential, minGrade, maxAgeMonths } = r;
      return { kind: 'PLACE', id, place: put({ id, kind: 'CRED', microCredential, minGrade, maxAgeMonths }), need: 1 };
    }
    case 'CREDITS':
    case 'COUNT':
      return { kind: 'PLACE', id, place: put({ id, kind: r.node, from: r.from, caps }), need: r.min };
    case 'DISTINCT':
      return { kind: 'PLACE', id, place: put({ id, kind: 'DISTINCT', by: r.by, from: r.from }), need: r.min };
    case 'AT_MOST':
      return { kind: 'K_OF', id, k: 1, of: [visit(r.within, [{ of: r.of, max: r.max }, ...caps])] };
    case 'ALL':
      return { kind: 'K_OF', id, k: r.of.length, of: all(r.of) };
    case 'ANY':
      return { kind: 'K_OF', id, k: 1, of: all(r.of) };
    case 'K_OF':
      return { kind: 'K_OF', id, k: r.k, of: all(r.of) };
    case 'SECTIONS': {
      const { min, most, each, total } = r;
      return { kind: 'SECTIONS', id, min, most, each, total, places: r.of.map((s) => put({ id: s.id, kind: 'CREDITS', from: s.from, caps: [] })) };
    }
    case 'IF':
      return { kind: 'IF', id, declares: r.declares, then: visit(r.then, []), ...(r.otherwise ? { otherwise: visit(r.otherwise, []) } : {}) };
    case 'MANUAL':
      return { kind: 'MANUAL', id };
  }
}
