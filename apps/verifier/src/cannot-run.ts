/** There is no verdict, or not all was fetched. The message says how to mend it, to a person at a terminal. */
export class CannotRun extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotRun';
  }
}

/** What is said of an error of the file system, the network or a document; it may come from another realm. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as { readonly message?: string; readonly cause?: { readonly message?: string } };
  return [message ?? 'unknown reason', ...(cause?.message ? [cause.message] : [])].join(': ');
}
