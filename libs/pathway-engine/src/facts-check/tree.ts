import type { Requirement } from '../facts/requirement.ts';
import { fault } from './fault.ts';
import type { FactFault } from './fault.ts';
import { faultsOfNode } from './node.ts';
import { isObject } from './shape.ts';

/** Everything that works on a tree calls itself for each level: this many levels never fill the stack. */
export const MOST_DEPTH = 64;
export const MOST_NODES = 10_000;

/** A node of a tree that nobody has looked at yet, with the way to it. */
interface Visit {
  readonly node: unknown;
  readonly pointer: string;
  readonly depth: number;
  readonly above: Visit | undefined;
}

export interface CheckedTree {
  readonly faults: readonly FactFault[];
  /** By id, whether it is a leaf that takes credit: what may be shared. */
  readonly takesCredit: ReadonlyMap<string, boolean>;
}

const leaves = ['COURSE', 'CRED', 'CREDITS', 'COUNT', 'DISTINCT'];

/** Every fault of a requirement tree. It goes level by level without calling itself, so that no tree is too deep and no circle is endless. */
export function checkTree(root: unknown, pointer: string): CheckedTree {
  const faults: FactFault[] = [];
  const pointerOf = new Map<string, string>();
  const takesCredit = new Map<string, boolean>();
  const named = (node: unknown, at: string, isLeaf: boolean): void => {
    const id = isObject(node) ? node['id'] : undefined;
    if (typeof id !== 'string') return;
    const first = pointerOf.get(id);
    if (first !== undefined)
      faults.push(...fault('DUPLICATE', `${at}/id`, `The id ${id} is there already, at ${first}.`, 'Give each requirement and section an id of its own.'));
    else pointerOf.set(id, at);
    takesCredit.set(id, isLeaf);
  };
  const waiting: Visit[] = [{ node: root, pointer, depth: 1, above: undefined }];
  for (let seen = 1, visit = waiting.pop(); visit; visit = waiting.pop()) {
    const { node, pointer: at, depth } = visit;
    const circle = circleTo(visit);
    if (circle) {
      faults.push(...fault('CYCLE', at, `The tree contains itself: ${circle.join(' > ')}.`, 'A requirement cannot be a part of itself.'));
      continue;
    }
    if (depth > MOST_DEPTH) {
      faults.push(...fault('TREE_TOO_DEEP', at, `The tree is deeper than ${MOST_DEPTH} levels.`, 'Join nested requirements that say the same.'));
      continue;
    }
    const sections = sectionsOf(node);
    if ((seen += sections.length) > MOST_NODES) {
      faults.push(...fault('TREE_TOO_LARGE', pointer, `The tree has more than ${MOST_NODES} requirements.`, 'Use a filter instead of a list of requirements.'));
      break;
    }
    faults.push(...faultsOfNode(node, at));
    named(node, at, isObject(node) && leaves.includes(String(node['node'])));
    sections.forEach((section, index) => named(section, `${at}/of/${index}`, true));
    const children = childrenOf(node).map(([child, path]): Visit => ({ node: child, pointer: `${at}/${path}`, depth: depth + 1, above: visit }));
    seen += children.length;
    for (const child of children.slice(0, MOST_NODES).reverse()) waiting.push(child);
  }
  return { faults, takesCredit };
}

/** The ids from a node down to where it comes again, or undefined. */
function circleTo(visit: Visit): string[] | undefined {
  const ids = [nameOf(visit.node)];
  for (let above = visit.above; above; above = above.above) {
    ids.unshift(nameOf(above.node));
    if (above.node === visit.node && isObject(visit.node)) return ids;
  }
  return undefined;
}

const nameOf = (node: unknown): string => (isObject(node) && typeof node['id'] === 'string' ? node['id'] : '?');

const sectionsOf = (node: unknown): readonly unknown[] => (isObject(node) && node['node'] === 'SECTIONS' && Array.isArray(node['of']) ? node['of'] : []);

/** What stands below a node, with the way to it. Sections are parts of their node. */
function childrenOf(node: unknown): readonly (readonly [unknown, string])[] {
  if (!isObject(node)) return [];
  switch (node['node']) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return Array.isArray(node['of']) ? node['of'].map((child: unknown, index) => [child, `of/${index}`]) : [];
    case 'AT_MOST':
      return [[node['within'], 'within']];
    case 'IF':
      return [[node['then'], 'then'], ...(node['otherwise'] === undefined ? [] : [[node['otherwise'], 'otherwise'] as const])];
    default:
      return [];
  }
}

/** All requirements of a tree without faults, with where they stand. */
export function* requirementsOf(root: Requirement): Iterable<Requirement & { readonly pointer: string }> {
  const waiting: { node: Requirement; pointer: string }[] = [{ node: root, pointer: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, pointer } = next;
    yield { ...node, pointer };
    for (const [child, path] of childrenOf(node).toReversed()) waiting.push({ node: child as Requirement, pointer: `${pointer}/${path}` });
  }
}
