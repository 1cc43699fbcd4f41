/** The members that state something: what is undefined or an empty list is left out, since an empty set says nothing in JSON-LD. */
export function stated<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))) as T;
}
