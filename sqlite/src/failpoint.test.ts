import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** A process that reaches `a` twice. @returns how it ended */
function run(named: string) {
  const code = `import { failpoint } from '${import.meta.resolve('./failpoint.ts')}'; failpoint('b'); failpoint('a'); failpoint('a'); process.exit(7);`;
  const { status, signal } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code], {
    env: { ...process.env, WAYSIDE_FAILPOINT: named },
  });
  return signal ?? status;
}

it.each([
  ['at the moment its starter names', `${process.pid} a`, 'SIGKILL'],
  ['when it is reached as often as named', `${process.pid} a 2`, 'SIGKILL'],
  ['not before', `${process.pid} a 3`, 7],
  ['not at one that is not reached', `${process.pid} c`, 7],
  ['not when another than its starter named it, as in an environment somebody forgot', `${process.pid + 1} a`, 7],
  ['not when nobody did', '', 7],
  ['not by a name alone', 'a', 7],
])('dies %s', (_, named, end) => expect(run(named)).toBe(end));
