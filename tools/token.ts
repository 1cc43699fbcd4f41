import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SignInError, developmentToken, rolesToAskFor } from '@mcr/identity';

const USAGE = `Usage: npm run -s token -- ROLE [--institution CODE] [--url URL]

Prints an access token of the running registry.

  ROLE           ${rolesToAskFor.join(', ')}
  --institution  the institution's code, such as BCIT; with institution, institution-client and advisor only
  --url          the registry's address; otherwise PUBLIC_URL, or http://127.0.0.1 with PORT (3000)

The keys are those in the registry's data folder (DATA_DIR, otherwise .data).`;

/** What the caller did not say right. */
class UsageError extends Error {}

function readArguments(): { role: string; institution?: string; url?: string } | undefined {
  const options = { institution: { type: 'string' }, url: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) return undefined;
    if (positionals.length !== 1) throw new UsageError(positionals.length === 0 ? 'Which role?' : 'One role at a time.');
    return { role: positionals[0]!, institution: values.institution, url: values.url };
  } catch (thrown) {
    throw new UsageError(`${(thrown as Error).message}\n\n${USAGE}`);
  }
}

async function main(): Promise<void> {
  const given = readArguments();
  if (given === undefined) return console.log(USAGE);
  const { OIDC_ISSUER, PUBLIC_URL, PORT, DATA_DIR } = process.env;
  if (OIDC_ISSUER) throw new UsageError(`OIDC_ISSUER is set: tokens come from ${OIDC_ISSUER}, the development sign-in is off.`);
  const url = given.url ?? (PUBLIC_URL || `http://127.0.0.1:${PORT || 3000}`);
  console.log(await developmentToken({ dataDir: resolve(DATA_DIR || '.data'), url, role: given.role, institution: given.institution }));
}

try {
  await main();
} catch (thrown) {
  if (!(thrown instanceof SignInError || thrown instanceof UsageError)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 2;
}
