import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevice, type Device } from '@wayside/device-sdk';
import { packsRoot } from '@wayside/packs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSite, type Site, until } from '../support/site.ts';

const fault = (id: string, title: string, observations: string) => `  ${id}:
    title: ${title}
    explanation: { en: The air stands still., zh: 空气不流动。 }
    severity: warning
    safety: gently
    safetyAdvice: { en: Leave its door open., zh: 请打开柜门。 }
    prior: 0.01
    symptoms: { hot: 0.9 }
    observations: ${observations}
    source: made for this test
`;

/** A cabinet whose heat has two causes that only running its fan tells apart. */
const cabinet: Record<string, string> = {
  'pack.yaml': `family: cabinet
version: 1.0.0
title: { en: Cabinet, zh: 机柜 }
summary: { en: A cabinet with a fan., zh: 带风扇的机柜。 }
licence: Apache-2.0
`,
  'thing.yaml': `signals:
  inside: { title: { en: Inside temperature, zh: 柜内温度 }, type: number, unit: celsius }
actions:
  run-fan: { title: { en: Run the fan, zh: 运行风扇 }, risk: R1, effect: { en: It runs for ten seconds., zh: 运行十秒。 } }
`,
  'symptoms.yaml': `symptoms:
  hot: { title: { en: It is hot inside, zh: 柜内过热 }, detect: { kind: limit, signal: inside, above: 60 } }
`,
  'observations.yaml': `observations:
  fan-silent:
    title: { en: The fan is silent, zh: 风扇没有声音 }
    question: { en: 'Did the fan stay silent just now?', zh: 刚才风扇是不是没有声音？ }
    cost: 1
    action: { name: run-fan }
`,
  'faults.yaml': `faults:
${fault('fan', '{ en: The fan is dead, zh: 风扇坏了 }', '{ fan-silent: 0.95 }')}${fault('filter', '{ en: The filter is full, zh: 滤网堵塞 }', '{}')}`,
};

let folder: string;
let site: Site;
let device: Device;
let ran = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabinet-'));
  await cp(join(packsRoot, 'core'), join(folder, 'core'), { recursive: true });
  await mkdir(join(folder, 'cabinet'));
  for (const [file, text] of Object.entries(cabinet)) await writeFile(join(folder, 'cabinet', file), text);
  site = await createSite({ packs: folder });
  const { mqttPort, mqtt } = site.edge();
  device = createDevice({
    url: `mqtt://127.0.0.1:${mqttPort}`,
    ...mqtt,
    id: 'cabinet-1',
    description: { title: 'Cabinet', family: 'cabinet' },
    commands: {
      'run-fan': () => {
        ran++;
        return { state: 'done' };
      },
    },
  });
  await device.start();
  device.publish({ inside: 71 });
  await until('the heat found', async () => (await site.operator.get('/v1/faults')).faults.length > 0);
});
afterAll(async () => {
  await device?.stop();
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

it('proposes the test, runs it after a yes and not before, then asks, and the answer decides', async () => {
  const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en', thing: 'cabinet-1' });
  const say = (text: string) => site.operator.post(`/v1/sessions/${session}/turns`, { text });

  const { answer } = await say('What is wrong?');
  expect(answer.text).toMatch(/A test would tell more\. Run the fan\. It runs for ten seconds\. .*\?$/);
  expect(answer.command).toMatchObject({ action: 'run-fan', state: 'proposed', origin: { kind: 'question', observation: 'fan-silent' } });
  expect(ran).toBe(0);

  await say('yes');
  await until('the question after the test', async () => {
    const { turns } = await site.operator.get(`/v1/sessions/${session}`);
    return turns.some(({ text }: { text: string }) => /Did the fan stay silent just now\?/.test(text));
  });
  expect(ran).toBe(1);

  const { faults } = await say('yes');
  expect(faults).toMatchObject([{ fault: 'fan', asked: [{ observation: 'fan-silent', answer: 'yes' }] }]);
  expect(faults[0].probability).toBeGreaterThan(0.9);
  expect(faults[0].wouldChange).toContainEqual(
    expect.objectContaining({ kind: 'observation', ref: 'fan-silent', if: 'no', fault: 'filter' }),
  );
});
