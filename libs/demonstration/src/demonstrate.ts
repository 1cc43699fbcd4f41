import { loadDemonstration } from './load-demonstration.ts';
import type { ProgressLog } from './progress.ts';

/** What is needed of a registry that runs in this process. */
export interface StartedRegistry {
  readonly url: string;
  readonly settings: { readonly dataDir: string; readonly demonstration: boolean; readonly oidcIssuer: string | undefined };
}

const said: ProgressLog = { info: (message) => console.log(message), warn: (message) => console.warn(message) };

const whereEverythingIs = (url: string): string => `
The registry is ready: ${url}
  GraphQL, with an explorer   ${url}/graphql
  Events of institutions      ${url}/events
  Health                      ${url}/health/ready
  A token                     npm run -s token -- ministry-registrar
  Publish a file              npm run -s publisher -- publish samples/awards/good.csv --institution BCIT
Ctrl-C stops it; the data stays.
`;

/** Why there is nothing to load, if so. Another sign-in knows nothing of the demonstration's clients. */
function reasonToLeaveOut({ demonstration, oidcIssuer }: StartedRegistry['settings']): string | undefined {
  if (!demonstration) return 'Without the demonstration data (DEMO=off).';
  return oidcIssuer === undefined ? undefined : 'Without the demonstration data: it needs the development sign-in, and OIDC_ISSUER names another.';
}

/**
 * Loads the demonstration at the first start and says where everything is. A demonstration that cannot be completed stops
 * nothing: the registry runs without the rest, and the next start takes it up.
 */
export async function demonstrate({ url, settings }: StartedRegistry, log: ProgressLog = said): Promise<void> {
  const reason = reasonToLeaveOut(settings);
  if (reason) log.info(reason);
  else {
    try {
      const started = Date.now();
      const { state } = await loadDemonstration({ url, dataDir: settings.dataDir, log });
      if (state === 'LOADED') log.info(`The demonstration province is complete (${((Date.now() - started) / 1000).toFixed(1)} s).`);
    } catch (error) {
      log.warn(`The demonstration data is not complete; the next start goes on with it. ${error instanceof Error ? error.message : 'Unknown reason.'}`);
    }
  }
  log.info(whereEverythingIs(url));
}
