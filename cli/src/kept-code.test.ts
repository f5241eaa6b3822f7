import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'wayside-code-')));
  await writeFile(join(folder, 'part.cjs'), script('one'));
});
afterEach(() => rm(folder, { recursive: true }));

const script = (word: string) =>
  `exports.say = () => '${word}'; exports.at = __filename; exports.where = () => new Error('here').stack.split('\\n')[1];`;

/** One start of a program of one script: what that script says, whether V8 took the code that was kept for it, and where it finds itself in a trace. */
function start(): { says: string; at: string; where: string; taken: boolean[] } {
  const program = `
    import vm from 'node:vm';
    import { createRequire, syncBuiltinESMExports } from 'node:module';
    const taken = [];
    vm.Script = class extends vm.Script { constructor(text, how) { super(text, how); taken.push(how.cachedData !== undefined && !this.cachedDataRejected); } };
    syncBuiltinESMExports();
    const { keepCode, takeKeptCode } = await import(${JSON.stringify(new URL('./kept-code.ts', import.meta.url).href)});
    takeKeptCode(${JSON.stringify(folder)});
    const { say, at, where } = createRequire(import.meta.url)(${JSON.stringify(join(folder, 'part.cjs'))});
    const told = { says: say(), at, where: where(), taken };
    keepCode();
    console.log(JSON.stringify(told));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

const keptFile = async () => join(folder, (await readdir(folder)).find((name) => name.startsWith('code-'))!);

it('is taken up by the next start, which runs the same and finds itself where it is', () => {
  const first = start();
  const second = start();
  expect(first).toMatchObject({ says: 'one', at: join(folder, 'part.cjs'), taken: [false] });
  expect(second).toEqual({ ...first, taken: [true] });
  expect(second.where).toContain(`part.cjs:1:${script('one').indexOf("new Error('here')") + 1}`);
});

it('is left aside for a script that has another text, however long, and kept anew', async () => {
  start();
  await writeFile(join(folder, 'part.cjs'), script('two'));
  expect(start()).toMatchObject({ says: 'two', taken: [false] });
  expect(start()).toMatchObject({ says: 'two', taken: [true] });
});

it('is left aside where one bit of it is another, or an end is missing, and kept anew', async () => {
  start();
  const whole = await readFile(await keptFile());
  for (const at of [3, 40, whole.length >> 1, whole.length - 1]) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1;
    await writeFile(await keptFile(), bytes);
    expect(start()).toMatchObject({ says: 'one', taken: [false] });
    expect(start()).toMatchObject({ says: 'one', taken: [true] });
  }
  await writeFile(await keptFile(), whole.subarray(0, whole.length / 2));
  expect(start()).toMatchObject({ says: 'one', taken: [false] });
});
