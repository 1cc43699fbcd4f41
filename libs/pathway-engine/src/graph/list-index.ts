const NONE: readonly never[] = [];

interface List<Element> {
  readonly byId: Map<string, Element>;
  /** The same by id, made when it is asked for. */
  array?: readonly Element[];
}

/** Lists by key, each in the order of ids, however its elements came. An element is known by its id: adding one again replaces it, removing one that is not there changes nothing. */
export class ListIndex<Key, Element> {
  readonly #lists = new Map<Key, List<Element>>();
  readonly #idOf: (element: Element) => string;

  constructor(idOf: (element: Element) => string) {
    this.#idOf = idOf;
  }

  get(key: Key): readonly Element[] {
    const list = this.#lists.get(key);
    return list ? (list.array ??= inOrder(list.byId)) : NONE;
  }

  add(key: Key, element: Element): void {
    const list = this.#lists.get(key) ?? { byId: new Map<string, Element>() };
    this.#lists.set(key, list);
    list.byId.set(this.#idOf(element), element);
    list.array = undefined;
  }

  remove(key: Key, element: Element): void {
    const list = this.#lists.get(key);
    if (!list?.byId.delete(this.#idOf(element))) return;
    list.array = undefined;
    if (list.byId.size === 0) this.#lists.delete(key);
  }
}

const inOrder = <Element>(byId: ReadonlyMap<string, Element>): Element[] => [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, element]) => element);
