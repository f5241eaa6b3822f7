import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { prepareSdk } from '../../cli/src/conformance/sdks.ts';

const tests = resolve(import.meta.dirname, '../../devices/sdk-python/tests');

/** The Python SDK's own tests, with the Python and the MQTT client that the conformance suite begins it with. */
it('the Python SDK keeps its own tests', async ({ skip }) => {
  const python = await prepareSdk('python');
  if ('missing' in python) {
    process.stderr.write(`\nThe Python SDK is NOT tested here: ${python.missing}.\n`);
    return skip(python.missing);
  }
  const { status, stderr } = spawnSync(python.command, ['-B', '-m', 'unittest', 'discover', '--start-directory', tests], {
    encoding: 'utf8',
    env: { ...process.env, ...python.env },
  });
  expect(status, stderr).toBe(0);
  // One that finds nothing passes, too.
  const written = readdirSync(tests).flatMap((file) => readFileSync(join(tests, file), 'utf8').match(/def test_/g) ?? []);
  expect(stderr).toContain(`Ran ${written.length} tests`);
});
