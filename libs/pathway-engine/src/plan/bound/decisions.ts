/** What a search has decided of an item. */
export const UNDECIDED = 0;
export const IN = 1;
export const LEFT_OUT = -1;
