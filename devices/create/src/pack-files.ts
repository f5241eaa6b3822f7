import { rest, round } from './description.ts';
import { type Measure, watched } from './measures.ts';

/** What a pack is made of. */
export type PackPlan = { family: string; title: string; measures: Measure[] };

type Files = Record<string, string>;

/**
 * A pack that passes its check as it is: what is measured, and one fault of the first number (it gets too high) with all that belongs to a
 * fault, to be copied for the next. Chinese titles are the maker's own words until somebody translates them.
 */
export function packFiles({ family, title, measures }: PackPlan): Files {
  const number = watched(measures);
  // Nobody says a Chinese name in an English sentence.
  const english = /\p{Script=Han}/u.test(title) ? family.replace(/-/g, ' ') : title;
  return {
    'pack.yaml': `family: ${family}
version: 0.1.0
title: ${both(title)}
summary: ${both(title)}
licence: Apache-2.0
`,
    'thing.yaml': `# What it measures and does. Kinds and units: see CONTRIBUTING, "Add a pack in ten minutes".
signals:
${measures.map(signal).join('')}actions:
  identify:
    title: { en: Show which one it is, zh: 指示是哪一台 }
    risk: R1
    args: { times: { type: number, min: 1, max: 10 } }
`,
    'wording/en.yaml': `language: en\nit: ${quoted(`the ${english[0]!.toLowerCase()}${english.slice(1)}`.slice(0, 40))}\n`,
    'wording/zh.yaml': `language: zh\nit: ${quoted(title.slice(0, 40))}\n`,
    'phrases/en.yaml': phrases('en', english, measures),
    'phrases/zh.yaml': phrases('zh', title, measures),
    'tests/phrases.yaml': `# Sentences with the intent they must yield.
tests:
  - { language: en, text: ${quoted(`what is wrong with the ${plain(english)}`)}, intent: why }
  - { language: en, text: ${quoted(`what is the ${plain(measures[0]!.title)}`)}, intent: signal, slots: { signal: ${measures[0]!.name} } }
  - { language: zh, text: ${quoted(`${plain(title)}怎么了`)}, intent: why }
`,
    ...(number ? faultOf(family, title, number, measures) : {}),
  };
}

const quoted = (text: string) => JSON.stringify(text);
const both = (text: string) => `{ en: ${quoted(text)}, zh: ${quoted(text)} }`;
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .trim();

function signal(measure: Measure): string {
  const parts = [
    `title: ${both(measure.title)}`,
    `type: ${measure.type}`,
    ...(measure.type === 'number'
      ? [...(measure.unit ? [`unit: ${quoted(measure.unit)}`] : []), `min: ${measure.min}`, `max: ${measure.max}`]
      : []),
    ...(measure.type === 'string' ? [`states: [${measure.states.map(quoted).join(', ')}]`] : []),
  ];
  return `  ${measure.name}:\n${parts.map((part) => `    ${part}\n`).join('')}`;
}

function phrases(language: 'en' | 'zh', title: string, measures: Measure[]): string {
  const why =
    language === 'en'
      ? ['(what is|whats) (wrong|the matter|up) with <unit>', 'why is <unit> [so] (strange|odd|loud|hot|slow)']
      : ['<unit>(怎么了|出什么问题了|为什么不正常)'];
  const ask =
    language === 'en'
      ? ['(what is|whats|show me|tell me) [the] [current] {signal} [now]', 'how (high|low|hot|cold|fast) is [the] {signal}']
      : ['[现在](的|)[{signal}](是多少|怎么样)'];
  return `# How people speak of it: [optional], (one|other), {list}, <rule>.
language: ${language}
rules:
  unit: ${quoted(language === 'en' ? `[(the|my|our|this)] ${plain(title)}` : plain(title))}
lists:
  signal:
${measures.map(({ name, title: called }) => `    - { in: ${quoted(plain(called))}, out: ${name} }\n`).join('')}intents:
  why:
    - sentences:
${why.map((sentence) => `        - ${quoted(sentence)}\n`).join('')}  signal:
    - sentences:
${ask.map((sentence) => `        - ${quoted(language === 'zh' ? '{signal}(是多少|怎么样|多高)' : sentence)}\n`).join('')}`;
}

/** One fault with its symptom, article and scenarios, as an example of each. */
function faultOf(family: string, title: string, measure: Measure & { type: 'number' }, measures: Measure[]): Files {
  const { name, title: called, min, max, unit } = measure;
  const limit = round(min + 0.85 * (max - min));
  const { level, swing, broken } = rest(measure);
  const [id, lower] = [`${name.replace(/_/g, '-')}-high`, plain(called)];
  const short = lower.slice(0, 80);
  const amount = `${limit}${unit ? ` ${unit}` : ''}`;
  const base = measures.map((one) => `    ${one.name}: ${wave(one)}\n`).join('');
  const scenario = (what: string, titleBoth: string, rest_: string) => `id: ${what}
title: ${titleBoth}
family: ${family}
thing: { id: ${family}-1, title: ${quoted(title)} }
seed: 1
duration: 5m
base:
  signals:
${base.replace(/^/gm, '  ').trimEnd()}
${rest_}`;
  return {
    'symptoms.yaml': `# What its signals can show. Others than limit: rate, difference, state, stuck, missing, noisy, shift, unusual ...
symptoms:
  ${id}:
    title: { en: ${quoted(`${called} is too high`)}, zh: ${quoted(`${called}过高`)} }
    detect: { kind: limit, signal: ${name}, above: ${limit}, for: 10s }
`,
    'observations.yaml': `# What a person can tell, with the question that asks for it. said: how people really tell of it, in words that differ.
observations:
  ${id}-seen:
    title: { en: ${quoted(`${called} looks too high`)}, zh: ${quoted(`${called}看起来过高`)} }
    question: { en: ${quoted(`Do you see or feel that the ${lower} is too high?`)}, zh: ${quoted(`看上去或感觉上，${called}是不是过高？`)} }
    said:
      en: [${quoted(`the ${short} is way up`)}, ${quoted(`the ${short} went through the roof`)}]
      zh: [${quoted(`${short}高得离谱`)}, ${quoted(`${short}一下子窜上去了`)}]
`,
    'faults.yaml': `# The causes. prior: how common it is among things of this kind; symptoms: how surely each shows once the fault is there.
faults:
  ${id}:
    title: { en: ${quoted(`${called} is too high`)}, zh: ${quoted(`${called}过高`)} }
    explanation:
      en: ${quoted(`The ${lower} is above ${amount}, which is more than it should be.`)}
      zh: ${quoted(`${called}超过 ${amount}，高于正常范围。`)}
    severity: warning
    safety: gently
    safetyAdvice:
      en: Let it run gently, and look after it today.
      zh: 可以低负荷运行，请在今天之内检查。
    prior: 0.02
    symptoms: { ${id}: 0.95 }
    observations: { ${id}-seen: 0.5 }
    article: ${id}
    source: "TODO: where this is written: a manual, a standard, your own experience"
`,
    [`articles/en/${id}.md`]: `---
id: ${id}
title: ${quoted(`${called} is too high`)}
faults: [${id}]
tags: [${quoted(lower)}, high]
sources: ['TODO: where this is written']
---

## What it means

The ${lower} is above ${amount}. Write here what that means for whoever stands beside the machine.

## Is it safe?

Gently, for today.

## What to do

1. Write the first thing to look at.
2. Then the next.

## When to call a person

When it does not come down within an hour.
`,
    [`articles/zh/${id}.md`]: `---
id: ${id}
title: ${quoted(`${called}过高`)}
faults: [${id}]
tags: [${quoted(lower)}, 过高]
sources: ['TODO: 出处']
---

## 这意味着什么

${called}超过 ${amount}。请在这里写明它对现场人员意味着什么。

## 安全吗

今天可以低负荷运行。

## 怎么办

1. 写下首先要检查的地方。
2. 再写下一步。

## 什么时候找人

一小时内没有降下来，请联系技术人员。
`,
    'tests/articles.yaml': `# Questions with the article the search must bring up among the first three.
tests:
  - { language: en, question: ${quoted(`why is the ${lower} too high`)}, article: ${id} }
`,
    'tests/scenarios/healthy.yaml': scenario('healthy', '{ en: All is well, zh: 一切正常 }', 'expect: { fault: null }\n'),
    [`tests/scenarios/${id}.yaml`]: scenario(
      id,
      `{ en: ${quoted(`${called} rises`)}, zh: ${quoted(`${called}升高`)} }`,
      `timeline: [{ at: 30s, do: ramp, signal: ${name}, to: ${broken}, over: 30s }]
repair: [{ do: ramp, signal: ${name}, to: ${round(level + swing)}, over: 10s }]
expect: { fault: ${id}, within: 3m }
`,
    ),
  };
}

function wave(measure: Measure): string {
  if (measure.type === 'boolean') return '{ value: true }';
  if (measure.type === 'string') return `{ value: ${quoted(measure.states[0]!)} }`;
  const { level, swing } = rest(measure);
  return `{ value: ${level}, swing: ${swing}, noise: ${round(swing / 20)} }`;
}
