/** Format, lint, typecheck and every test that this machine can run, through Nx. The last line counts the tests. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kafkaUnavailable, startTestKafka, startTestServer } from '@mcr/testing';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}.results`;

function nx(targets: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('nx', ['run-many', '-t', ...targets, '--parallel', '2', '--output-style', 'static'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Adds up what Jest wrote for each project. What was skipped is named: its reason stands in the test's name. */
function count(): { passed: number; failed: number; skipped: number } {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of readdirSync(results, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))) {
    const report = JSON.parse(readFileSync(`${results}/${file}`, 'utf8')) as Report;
    const brokenFiles = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests + brokenFiles.length;
    total.skipped += report.numPendingTests;
    for (const { assertionResults } of report.testResults) {
      for (const { status, fullName } of assertionResults) if (status === 'pending') console.log(`skipped: ${fullName}`);
    }
  }
  return total;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const checks = await nx(['format', 'lint', 'typecheck']);
const noKafka = kafkaUnavailable();
if (noKafka) console.log(`Without Kafka, so its tests are skipped. ${noKafka}`);
const server = await startTestServer();
const kafka = noKafka ? undefined : await startTestKafka();
const addresses = { TEST_DATABASE_URL: server.url, ...(kafka ? { TEST_KAFKA_BROKERS: kafka.brokers } : {}) };
const tests = await nx(['test'], addresses).finally(async () => {
  await kafka?.release();
  await server.stop();
});
const total = count();
if (checks !== 0) console.log('Format, lint or typecheck failed; see above.');
const failed = total.failed + (checks === 0 ? 0 : 1) + (tests !== 0 && total.failed === 0 ? 1 : 0);
console.log(`${total.passed} passed, ${failed} failed, ${total.skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
