// `npm test`: every check, in the order in which a failure is cheapest to find. The last line counts the tests.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const report = 'node_modules/.wayside/tests.json';

const steps = [
  ['lint and format', ['biome', 'ci', '.', '--diagnostic-level=warn', '--colors=off', '--max-diagnostics=30']],
  ['types', ['tsc']],
  ['tests', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
];

let failed;
for (const [name, [command, ...args]] of steps) {
  const started = Date.now();
  process.stdout.write(`\n▸ ${name}\n`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    process.stdout.write(`✗ ${name} failed (${command} ${args.join(' ')})\n`);
    failed = status ?? 1;
    break;
  }
  process.stdout.write(`✓ ${name}, ${Math.round((Date.now() - started) / 1000)} s\n`);
}

if (failed === undefined) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const skipped = testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'pending').map((test) => test.fullName),
  );
  for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`);
}
process.exit(failed ?? 0);
