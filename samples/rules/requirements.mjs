/** Requirement trees, written short. The first argument is always the id. */
const node = (kind, id, members) => ({ node: kind, id, ...members });

export const all = (id, ...of) => node('ALL', id, { of });
export const any = (id, ...of) => node('ANY', id, { of });
export const kOf = (id, k, ...of) => node('K_OF', id, { k, of });
export const course = (id, code) => node('COURSE', id, { course: code });
export const held = (id, microCredential, terms = {}) => node('CRED', id, { microCredential, ...terms });
export const credits = (id, min, from = {}) => node('CREDITS', id, { min, from });
export const count = (id, min, from = {}) => node('COUNT', id, { min, from });
export const distinct = (id, by, min, from = {}) => node('DISTINCT', id, { by, min, from });
export const atMost = (id, max, from, within) => node('AT_MOST', id, { max, from, within });
export const sections = (id, { min, most, each, total }, list) => node('SECTIONS', id, { min, most, each, total, sections: list });
export const ifDeclared = (id, declares, then, otherwise) => node('IF', id, { declares, then, otherwise });
export const manual = (id, text) => node('MANUAL', id, { text });
