/**
 * Fetches one public document over HTTPS, behind the platform's guard: no private address, no redirect, limits of size
 * and time. Rejects when it cannot; whoever calls it then knows nothing, and says so.
 */
export type Egress = (url: string) => Promise<{ readonly body: Uint8Array; readonly contentType?: string }>;
