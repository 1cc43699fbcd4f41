/** `npm test`: lint, typecheck and every test that this machine can run, through Nx; its last line counts the tests. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { environment, installWhatIsMissing, root } from './install.mjs';

const results = `${root}.results`;

function nx(...parameters) {
  return new Promise((resolve) => {
    const child = spawn(`${root}node_modules/.bin/nx`, parameters, { cwd: root, stdio: 'inherit', env: environment() });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Adds up what Jest wrote for each project. Names what was skipped: the reason stands in the test's name. */
function count() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of readdirSync(results).filter((name) => name.endsWith('.json'))) {
    const report = JSON.parse(readFileSync(`${results}/${file}`, 'utf8'));
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests + report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length;
    total.skipped += report.numPendingTests + report.numTodoTests;
    for (const suite of report.testResults) for (const test of suite.assertionResults) if (test.status === 'pending') console.log(`skipped: ${test.fullName}`);
  }
  return total;
}

installWhatIsMissing();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const checks = await nx('run-many', '-t', 'lint', 'typecheck', '--parallel', '2', '--output-style', 'static');
const tests = await nx('run-many', '-t', 'test', '--parallel', '2', '--output-style', 'static');
const total = count();
const failed = total.failed + (checks === 0 ? 0 : 1) + (tests !== 0 && total.failed === 0 ? 1 : 0);
if (checks !== 0) console.log('Lint or typecheck failed; see above.');
console.log(`${total.passed} passed, ${failed} failed, ${total.skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
