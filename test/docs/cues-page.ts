import { cues } from '@wayside/packs';

/** The page of what packs can have listened for, written from its list: `npm run docs:settings` puts it in its place. */
export const cuesPage = (): string => `# What is heard within a sentence

<!-- Written by “npm run docs:settings” from test/docs/cues-page.ts and devices/packs/src/schema/cues.ts. -->

Under \`cues\` in its phrases (\`phrases/en.yaml\`, \`phrases/zh.yaml\`) a pack says by which words these are heard, whatever else the sentence means. The core has most;
a family adds words of its own trade, and what it adds is heard beside the core's:

\`\`\`yaml
cues:
  no-figure:
    - sentences: [the belt (squeals|chirps)]
  asks-leave:
    - sentences: ["(can|may) I {any} the belt"]
      at: first
    - sentences: [look at the belt]
      not: true
\`\`\`

- \`{any}\` are a few words of no matter, \`{word}\` is one (in Chinese one character), \`{words:about}\` are those that a cue is about. Lists and rules are as in any sentence.
- \`at: first\`, \`last\` or \`whole\`: only where what was said begins with it, ends with it, or is nothing else. \`asked: true\`: only before a question mark.
- \`not: true\`: it only sounds so, and takes away what is heard in the same words (with \`slots\`: what has the same slots).
- \`tests/cues.yaml\` shows what must be heard and, with \`heard: false\`, what must not: \`- { language: en, text: the belt squeals, cue: no-figure }\`. \`wayside pack check\` tries them.

| Cue | What it says | Slots |
| --- | --- | --- |
${Object.entries(cues)
  .map(([name, { says, slots = {} }]) => {
    const told = Object.entries(slots).map(([slot, values]) => `\`${slot}\`: ${values.join(', ')}`);
    return `| \`${name}\` | ${says} | ${told.join('; ')} |`;
  })
  .join('\n')}
`;
