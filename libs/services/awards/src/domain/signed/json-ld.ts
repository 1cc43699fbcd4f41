export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** In JSON-LD one value may stand without a list around it. */
export const listOf = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());
