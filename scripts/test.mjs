// `npm test`: every check, in the order in which a failure is cheapest to find. The last line counts the tests.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const report = 'node_modules/.wayside/tests.json';

/** Each group begins when the one before it passed; what is in one runs side by side. */
const groups = [
  [
    ['lint and format', ['biome', 'ci', '.', '--diagnostic-level=warn', '--colors=off', '--max-diagnostics=30']],
    // Each checker of types does what they share for itself: four take a third more work than two, and are no sooner done on two cores.
    ['types', ['tsc', '--checkers', '2']],
  ],
  [['tests', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]]],
];

/** @returns the exit code of the first check that failed; the others are ended then. What one says that is not alone is shown when it is through. */
async function run(group) {
  const alone = group.length === 1;
  const children = [];
  let failed;
  process.stdout.write(`\n▸ ${group.map(([name]) => name).join(', ')}\n`);
  const checks = group.map(async ([name, [command, ...args]]) => {
    const started = Date.now();
    const child = spawn(command, args, { stdio: alone ? 'inherit' : ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
    const status = await new Promise((resolve) => child.once('error', () => resolve(127)).once('close', resolve));
    if (failed !== undefined) return;
    process.stdout.write(said);
    if (status === 0) return process.stdout.write(`✓ ${name}, ${Math.round((Date.now() - started) / 1000)} s\n`);
    process.stdout.write(`✗ ${name} failed (${command} ${args.join(' ')})\n`);
    failed = status ?? 1;
    for (const other of children) other.kill();
  });
  await Promise.all(checks);
  return failed;
}

for (const group of groups) {
  const failed = await run(group);
  if (failed !== undefined) process.exit(failed);
}

const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
const skipped = testResults.flatMap((file) =>
  file.assertionResults.filter((test) => test.status === 'pending').map((test) => test.fullName),
);
for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`);
