import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packsRoot, type Scenario, scenario } from '@wayside/packs';

/**
 * A family made for tests of repairs: everything in it happens within seconds, and nobody else changes it.
 * One fault (a clogged filter) with a procedure that branches, has an action with an interlock and a read-back, and is confirmed in two seconds.
 */
const files: Record<string, string> = {
  'pack.yaml': `family: boiler
version: 1.0.0
title: { en: Boiler, zh: 锅炉 }
summary: { en: Heats water., zh: 烧水。 }
licence: Apache-2.0
`,
  'thing.yaml': `signals:
  flow: { title: { en: Flow, zh: 流量 }, type: number, unit: l/min, min: 0, max: 100 }
  burning: { title: { en: Burner on, zh: 燃烧器开启 }, type: boolean }
  lit: { title: { en: Lamp, zh: 灯 }, type: boolean }
actions:
  flush:
    title: { en: Flush the filter, zh: 冲洗过滤器 }
    risk: R2
    effect: { en: 'Water is driven backwards through the filter for a minute; there is no hot water meanwhile.', zh: 水会反向冲洗过滤器一分钟，期间没有热水。 }
    interlocks: [{ signal: burning, is: false, because: { en: Only while the burner is off., zh: 只能在燃烧器关闭时进行。 } }]
    expect: { signal: flow, above: 10, within: 3s }
  lamp:
    title: { en: Switch the lamp, zh: 开关灯 }
    risk: R1
    effect: { en: Switches the lamp., zh: 开关灯。 }
    args: { 'on': { type: boolean } }
    expect: { signal: lit, isArg: 'on', within: 3s }
`,
  'symptoms.yaml': `symptoms:
  low-flow:
    title: { en: The flow is too low, zh: 流量过低 }
    detect: { kind: limit, signal: flow, below: 5, for: 500ms }
`,
  'faults.yaml': `faults:
  clogged:
    title: { en: The filter is clogged, zh: 过滤器堵塞 }
    explanation: { en: Dirt keeps the water back., zh: 污物挡住了水流。 }
    severity: warning
    safety: gently
    safetyAdvice: { en: 'You may go on, but draw little water.', zh: 可以继续用，但要少用水。 }
    prior: 0.05
    symptoms: { low-flow: 0.95 }
    procedure: unclog
    article: clogged
    source: made for a test
`,
  'procedures.yaml': `procedures:
  unclog:
    title: { en: Clear the filter, zh: 疏通过滤器 }
    tools: [{ en: A brush, zh: 刷子 }]
    minutes: 10
    steps:
      - id: look
        text: { en: Look whether both valves are open., zh: 查看两个阀门是否打开。 }
        safety: { en: The pipe may be hot., zh: 管道可能很烫。 }
        picture: { file: valves.svg, alt: { en: Two open valves, zh: 两个打开的阀门 } }
        on: { failed: person }
      - id: flush
        text: { en: Flush the filter., zh: 冲洗过滤器。 }
        action: { name: flush }
        on: { done: check, failed: brush, skipped: brush }
      - id: brush
        text: { en: Take the filter out and brush it., zh: 取出过滤器并刷洗。 }
      - id: check
        text: { en: Draw some water., zh: 放一点水。 }
    confirm: { for: 2s }
`,
  'pictures/valves.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><circle cx="2" cy="2" r="1"/><circle cx="6" cy="2" r="1"/></svg>',
};
const article = (locale: string) => `---
id: clogged
title: ${locale === 'zh' ? '过滤器堵塞' : 'The filter is clogged'}
faults: [clogged]
sources: [made for a test]
---
${locale === 'zh' ? '刷洗过滤器。' : 'Brush the filter.'}
`;

/** A folder of packs with the shared phrases and this family alone. */
export async function boilerPacks(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'wayside-boiler-'));
  await cp(join(packsRoot, 'core'), join(root, 'core'), { recursive: true });
  const all = { ...files, 'articles/en/clogged.md': article('en'), 'articles/zh/clogged.md': article('zh') };
  for (const [file, text] of Object.entries(all)) {
    const path = join(root, 'boiler', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return root;
}

/** A boiler whose filter clogs after a second. `flushes`: flushing it really clears it. */
export const cloggedBoiler = (flushes: boolean): Scenario =>
  scenario.parse({
    id: 'clogged',
    title: { en: 'Clogged', zh: '堵塞' },
    family: 'boiler',
    thing: { id: 'boiler-1', title: 'Boiler' },
    seed: 5,
    every: '200ms',
    duration: '10m',
    base: { signals: { flow: { value: 20, noise: 0.2 }, burning: { value: false }, lit: { value: false } } },
    timeline: [{ at: '1s', signal: 'flow', do: 'set', to: 1 }],
    onCommand: {
      flush: flushes ? [{ signal: 'flow', do: 'release' }] : [],
      lamp: [{ signal: 'lit', do: 'set', toArg: 'on' }],
    },
    expect: { fault: 'clogged' },
  });
