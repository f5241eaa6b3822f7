import { type Cue, cues } from '@wayside/packs';

/** What each cue says, in Chinese; in English the list of cues has it. */
const inChinese: Record<Cue, string> = {
  complain: '在抱怨',
  midway: '做到一半时说的话，不是在说这一步做得怎样',
  'not-so': '后面的内容不成立，或在问它是否成立；`of` 为 `sentence` 时指整句',
  'no-alarm': '它在险情的话之前、之后或把它包在里面时，说的不是险情',
  'asks-mended': '在问修好没有，并没有说已经修好',
  'asks-stop': '问安不安全的人在问要不要停：有危险就答“要”',
  'asks-person': '提到真人，是在问要不要找：不会因此叫人',
  'no-person': '提到真人，是在说不要',
  asks: '在提问：提到的事并不是在说它如此',
  visit: '要的人要到机器这里来',
  'asks-leave': '在问能不能亲手对机器做某件事',
  'asks-how-far': '在问机器还能不能把他们送到某个地方',
  feels: '在说自己的感受，与机器无关',
  'no-figure': '说的是任何读数都说明不了的：结冰、气味、响声',
  ahead: '还没到的时间',
  polite: '回答之外的客气话',
  reply: '一句短答；第一分句里的“是”或“不”',
  hedges: '反问、附带条件或改口的回答',
  'asks-back': '没有问号的提问',
  assent: '干脆的“好”只由这样的词组成，其中要有一个带 `says`',
  heeds: '只由这样的词组成的话，表示听到了，不回答任何问题',
  'holds-off': '刚才提出的事先不要做',
  judges: '怎样看待一个数值',
  measured: '没提名字就在问读数',
  trouble: '现在或先前有什么不对劲',
  extreme: '读数的最大或最小',
  'asks-past': '在问过去，不是在讲过去',
  guesses: '他们猜是什么，即 `about`',
  corrects: '后面的话收回刚才说的，或要同类的下一个',
  'the-other': '指的是另一个',
  contradicts: '说没听懂自己，或说得不对',
  depends: '只是半个问题，或其余内容所依据的前提：本身不是要求',
};

const example = `\`\`\`yaml
cues:
  no-figure:
    - sentences: [the belt (squeals|chirps)]
  asks-leave:
    - sentences: ["(can|may) I {any} the belt"]
      at: first
    - sentences: [look at the belt]
      not: true
\`\`\``;

const said = {
  en: {
    before: `# What is heard within a sentence

<!-- Written by “npm run docs:settings” from test/docs/cues-page.ts and devices/packs/src/schema/cues.ts. -->

Under \`cues\` in its phrases (\`phrases/en.yaml\`, \`phrases/zh.yaml\`) a pack says by which words these are heard, whatever else the sentence means. The core has most;
a family adds words of its own trade, and what it adds is heard beside the core's:`,
    after: `- \`{any}\` are a few words of no matter, \`{word}\` is one (in Chinese one character), \`{words:about}\` are those that a cue is about. Lists and rules are as in any sentence.
- \`at: first\`, \`last\` or \`whole\`: only where what was said begins with it, ends with it, or is nothing else. \`asked: true\`: only before a question mark.
- \`not: true\`: it only sounds so, and takes away what is heard in the same words (with \`slots\`: what has the same slots).
- \`tests/cues.yaml\` shows what must be heard and, with \`heard: false\`, what must not: \`- { language: en, text: the belt squeals, cue: no-figure }\`. \`wayside pack check\` tries them.

| Cue | What it says | Slots |`,
    colon: ': ',
    comma: ', ',
    semicolon: '; ',
  },
  zh: {
    before: `# 从句子里听出的小词

<!-- 由 “npm run docs:settings” 根据 test/docs/cues-page.ts 和 devices/packs/src/schema/cues.ts 生成。 -->

不论整句是什么意思，知识包在说法文件（\`phrases/en.yaml\`、\`phrases/zh.yaml\`）的 \`cues\` 下写明从哪些字眼听出下列各项。核心包已有大部分；各类机器补充自己行当的说法，补充的与核心包的一并生效：`,
    after: `- \`{any}\` 是无关紧要的几个词，\`{word}\` 是一个（中文是一个字），\`{words:about}\` 是这个小词所指的内容。列表和规则与普通句子相同。
- \`at: first\`、\`last\` 或 \`whole\`：只在话以它开头、以它结尾、或除它之外什么都没有时才算。\`asked: true\`：后面必须是问号。
- \`not: true\`：只是听着像，从同样的字眼里听出的不算（写了 \`slots\` 时，参数相同的才不算）。
- \`tests/cues.yaml\` 写明必须听出的，\`heard: false\` 则是不许听出的：\`- { language: zh, text: 皮带吱吱响, cue: no-figure }\`。\`wayside pack check\` 会逐条检验。

| 小词 | 说明什么 | 参数 |`,
    colon: '：',
    comma: '、',
    semicolon: '；',
  },
} as const;

/** The page of what packs can have listened for, written from its list: `npm run docs:settings` puts it in its place. */
export function cuesPage(language: 'en' | 'zh'): string {
  const { before, after, colon, comma, semicolon } = said[language];
  const row = (name: Cue) => {
    const { says, slots = {} } = cues[name];
    const told = Object.entries(slots).map(([slot, values]) => `\`${slot}\`${colon}${values.join(comma)}`);
    return `| \`${name}\` | ${language === 'en' ? says : inChinese[name]} | ${told.join(semicolon)} |`;
  };
  return `${before}

${example}

${after}
| --- | --- | --- |
${(Object.keys(cues) as Cue[]).map(row).join('\n')}
`;
}
