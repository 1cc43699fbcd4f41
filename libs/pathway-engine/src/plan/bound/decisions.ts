import type { BoundSource } from './problem.ts';

/** What a search has decided of an item. */
export const UNDECIDED = 0;
export const IN = 1;
export const LEFT_OUT = -1;

/** Whether another agreement goes first with what is in. */
export const isKilled = ({ killers }: BoundSource, state: Int8Array): boolean => killers.some((items) => items.every((item) => state[item] === IN));
