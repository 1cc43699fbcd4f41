/** The fewest entries a list may have, so that one learner's entry hides among others (Bitstring Status List 1.0 §2.2: 16 KiB). */
export const LEAST_ENTRIES = 131_072;

/** How many more indexes a list can give before it is closed: beyond three quarters a free one is found slowly, and who is in the list shows. */
export const roomIn = (used: number, length: number = LEAST_ENTRIES): number => Math.max(0, Math.floor((length * 3) / 4) - used);
