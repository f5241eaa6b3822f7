import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../support/processes.ts';

type Report = { passed: number; failed: number; skipped: string | number; checks: { name: string; outcome: string; why?: string }[] };

/** `wayside conformance … --json`, as a maker runs it. */
const conformance = (...args: string[]): Promise<{ code: number | null; report: Report }> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'conformance', ...args, '--json']);
    let [said, errors] = ['', ''];
    child.stdout.on('data', (data) => {
      said += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.once('close', (code) => {
      try {
        done({ code, report: JSON.parse(said) as Report });
      } catch {
        fail(new Error(`no report came, exit code ${code}: ${errors}`));
      }
    });
  });

// All at once: a check mostly waits for what must not happen.
describe.concurrent('a device made with our SDK keeps every promise of the wire, against a real edge', () => {
  it.for([
    { sdk: 'node', keepsNot: [] },
    { sdk: 'python', keepsNot: [] },
    { sdk: 'c', keepsNot: ['keeps over a restart what could not be told'] },
  ])('$sdk', { timeout: 500_000 }, async ({ sdk, keepsNot }, { skip }) => {
    const { code, report } = await conformance('--sdk', sdk);
    // A machine without Python or a compiler: the test says so and is counted as skipped.
    if (code === 2) skip(`${sdk}: ${report.skipped}`);
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.checks.filter(({ outcome }) => outcome === 'skipped').map(({ name }) => name)).toEqual(keepsNot);
    expect({ code, passed: report.passed }).toEqual({ code: 0, passed: 27 - keepsNot.length });
  });
});

describe.concurrent('the suite', () => {
  it('finds what is wrong with a careless device, and says where it is promised', async () => {
    const careless = `${process.execPath} --disable-warning=ExperimentalWarning ${resolve(import.meta.dirname, 'careless-device.ts')}`;
    const { code, report } = await conformance('--device', careless, '--only', 'hello,telling');
    const why = Object.fromEntries(report.checks.map(({ name, outcome, why }) => [name, outcome === 'passed' ? 'passed' : why]));
    expect(code).toBe(1);
    expect(why).toMatchObject({
      'connects with MQTT 3.1.1, its password, and a last will that says offline': expect.stringMatching(/keep-alive of 0 s/),
      'says that it is online, retained': expect.stringMatching(/presence is \["online",false\]/),
      'describes itself, retained: what it is, measures and does': expect.stringMatching(/retain flag is false/),
      'listens for commands before it says that it is online': expect.stringMatching(/the order/),
      'refuses what may not go on the wire, and says so where it was asked': expect.stringMatching(/not a number was accepted/),
      'tells a trouble code with its freeze frame, and that it is cleared': expect.stringMatching(/no code at the edge/),
      'keeps the time it is given': 'passed',
    });
  }, 400_000);

  it('says what cannot be begun, and what there is', async () => {
    await Promise.all([
      expect(conformance('--device', '/nowhere/device')).rejects.toThrow(/ended instead of answering state.*not found/s),
      expect(conformance('--device', 'cat')).rejects.toThrow(/no answer to state/),
      expect(conformance('--sdk', 'cobol')).rejects.toThrow(/There is no SDK "cobol"/),
      expect(conformance('--sdk', 'node', '--only', 'everything')).rejects.toThrow(/There are: hello, telling/),
    ]);
  }, 400_000);
});
