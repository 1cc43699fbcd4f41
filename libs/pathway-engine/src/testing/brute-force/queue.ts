/** A queue that hands out the least first. */
export interface Queue<T> {
  readonly push: (item: T) => void;
  readonly pop: () => T | undefined;
}

/** An empty queue with this order, kept as a binary heap. */
export function queueOf<T>(compare: (a: T, b: T) => number): Queue<T> {
  const heap: T[] = [];
  const isLess = (a: number, b: number) => b >= heap.length || compare(heap[a]!, heap[b]!) < 0;
  const swap = (a: number, b: number) => ([heap[a], heap[b]] = [heap[b]!, heap[a]!]);
  const push = (item: T) => {
    let at = heap.push(item) - 1;
    for (let parent = (at - 1) >> 1; at > 0 && isLess(at, parent); parent = (at - 1) >> 1) {
      swap(at, parent);
      at = parent;
    }
  };
  const pop = () => {
    const [first, last] = [heap[0], heap.pop()];
    if (heap.length === 0) return first;
    heap[0] = last!;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = isLess(left, right) ? left : right;
      if (child >= heap.length || !isLess(child, at)) return first;
      swap(child, at);
      at = child;
    }
  };
  return { push, pop };
}
