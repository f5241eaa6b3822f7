import type { Area } from './areas.ts';
import { anchorOf, type Proof } from './proof.ts';

type Language = 'en' | 'zh';

/** What the front page says beside its tables; `up` leads from it to `docs`, and `site` to where the pages beside it lie. */
const said = {
  en: {
    up: '',
    title: 'What holds, and how it was shown',
    intro: `What Wayside promises of itself, what was done to break it, and what came of that. Each line leads to how it was done, with every figure. The quick part of each proof runs with every
\`npm test\`; the commands run all of it.`,
    written: (command: string) => `<!-- Written by “${command}” from the results in docs/results; do not edit. -->`,
    columns: ['promised', 'what was done to it', 'what came of it', 'again'],
    notRun: 'not run yet',
    picture: {
      person: 'person',
      device: 'device',
      edge: 'edge',
      hub: 'hub',
      technician: 'technician',
      input: 'garbage at every door',
      acts: 'commands without the right',
      dies: 'killed, power cut,<br/>disk full, bits flipped',
      line: 'line cut, messages lost,<br/>a month of silence',
      hubDies: 'killed, power cut,<br/>put back, folder lost',
      file: 'file of a record',
      changed: 'changed in every way',
    },
    list: [': ', '; ', '.'],
    untried: 'What was not tried',
    untriedIntro: 'A proof shows what it tries and nothing else.',
    more: 'And: the verifier under a fuzzer for days; other implementations of witnesses than this one. What a record cannot protect against stands [with the record](record.md#what-it-does-not-protect-against).',
    drills: 'Drills',
    drillsAre:
      'An attack or an accident with one right outcome is a test by name: [the ten scariest inputs, and every drill](reliability/drills.md). What people see while an edge is killed, a line cut, a disk full and a record changed: [pulled apart by hand](explanation/pulled-apart.md), in pictures.',
    found: 'What this found',
    foundIs:
      'The proofs found bugs of ours, all mended: five by simulation, four by the month, eight by failing disks, two at the doors. What each was stands with its proof, so that one can judge how much it looks for.',
    kept: 'A proof with seeds takes `-- --seed 1`: the same seed draws the same again. Results are kept in [docs/results](results), and `git log docs/results` says of which commit each is.',
  },
  zh: {
    up: '../',
    title: '哪些承诺成立，怎样证明',
    intro:
      'Wayside 对自己作出的承诺、为了打破它做过什么、结果如何。每一行都链接到具体做法和全部数字（英文）。每次 `npm test` 都会跑一遍各项证明的快速部分；表里的命令跑全部。',
    written: (command: string) => `<!-- 由 “${command}” 根据 docs/results 里的结果生成，请勿手改。 -->`,
    columns: ['承诺', '做过什么', '结果', '重跑'],
    notRun: '还没有跑过',
    picture: {
      person: '使用者',
      device: '设备',
      edge: '边缘端',
      hub: '服务中心',
      technician: '技术员',
      input: '往每个入口送垃圾',
      acts: '无权的操作',
      dies: '强行结束、断电<br/>磁盘写满、比特翻转',
      line: '断线、丢消息<br/>一个月没有消息',
      hubDies: '强行结束、断电<br/>恢复旧副本、文件夹丢失',
      file: '导出的记录文件',
      changed: '用各种手法改动',
    },
    list: ['：', '；', '。'],
    untried: '没有试过的',
    untriedIntro: '一项证明只说明它试过的，别的一概不说明。',
    more: '此外：对校验程序连续几天的随机输入；别人实现的见证程序。记录防不住什么，见[记录](record.md#它防不住什么)一页。',
    drills: '演练',
    drillsAre:
      '每一种攻击或事故，只要有唯一正确的结局，都是一个有名字的测试：[十种最可怕的输入，以及全部演练](../reliability/drills.md)（英文）。强行结束边缘端、断网、写满磁盘、改动记录时人会看到什么：[亲手拆一遍](explanation/pulled-apart.md)，有图。',
    found: '由此发现的问题',
    foundIs:
      '这些证明找出过我们自己的缺陷，都已修好：模拟找出五个，离线一个月找出四个，磁盘出错找出八个，各个入口找出两个。每个缺陷是什么，写在各自的证明里，可以据此判断它查得有多细。',
    kept: '带种子的证明可以加 `-- --seed 1`：同一个种子，抽到的完全一样。结果保存在 [docs/results](../results)，`git log docs/results` 可以查到每份结果出自哪个提交。',
  },
} as const;

/** Where each proof strikes. */
const picture = (w: (typeof said)[Language]['picture']): string => `\`\`\`mermaid
flowchart LR
  person([${w.person}]) --> edge
  device([${w.device}]) --> edge
  edge[${w.edge}] <--> hub[${w.hub}] --> technician([${w.technician}])
  edge --> file[${w.file}]
  input>${w.input}] -.-> edge
  acts>${w.acts}] -.-> device
  dies>"${w.dies}"] -.-> edge
  line>"${w.line}"] -.-> hub
  hubDies>"${w.hubDies}"] -.-> hub
  changed>${w.changed}] -.-> file
\`\`\``;

/** docs/reliability.md, or its Chinese twin. */
export function front(areas: readonly Area[], language: Language): string {
  const w = said[language];
  const place = (page: string, { title }: Proof) => `${w.up}reliability/${page}.md#${anchorOf(title)}`;
  const table = ({ page, title, proofs }: Area) => `## ${title[language]}

| ${w.columns.join(' | ')} |
| --- | --- | --- | --- |
${proofs
  .map(
    (proof) =>
      `| [${proof.promise[language]}](${place(page, proof)}) | ${proof.done[language]} | ${proof.came?.[language] ?? w.notRun} | \`${proof.command}\` |`,
  )
  .join('\n')}
`;
  const untried = ({ page, title, proofs }: Area) =>
    `- [${title[language]}](${w.up}reliability/${page}.md)${w.list[0]}${[...new Set(proofs.map((proof) => proof.untried[language]))].join(w.list[1])}${w.list[2]}`;
  return `# ${w.title}

${w.written('npm run prove:report')}

${w.intro}

${picture(w.picture)}

${areas.map(table).join('\n')}
## ${w.untried}

${w.untriedIntro}

${areas.map(untried).join('\n')}

${w.more}

## ${w.drills}

${w.drillsAre}

## ${w.found}

${w.foundIs}

${w.kept}
`;
}
