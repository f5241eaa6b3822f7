import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { deviceFiles, steps } from './device-files.ts';
import { example } from './measures.ts';
import { type Answers, idOf, languages, makePlan } from './plan.ts';
import { Unclear } from './unclear.ts';
import { writeFiles } from './write-files.ts';

const help = `npm create wayside-device [folder]

Asks four questions and writes a device that runs, with tests and a pack. Each can be answered beforehand:

  --title "Well pump"          what it is called
  --family well-pump           what kind of thing it is
  --measures "${example}"
  --language ${languages.join('|')}
  --sdk <version or file>      where the SDK is fetched from (default: the registry)
`;

/** The four questions, each with what stands when nothing is answered. */
const questions: { key: keyof Answers; ask: string; otherwise(so: Partial<Answers>, folder: string | undefined): string }[] = [
  { key: 'title', ask: 'What is it called?', otherwise: (_, folder) => (folder ? basename(folder).replace(/[-_]+/g, ' ') : 'My device') },
  { key: 'family', ask: 'What kind of thing is it?', otherwise: ({ title = '' }) => idOf(title) },
  { key: 'measures', ask: 'What does it measure?', otherwise: () => example },
  { key: 'language', ask: `Which language? (${languages.join(', ')})`, otherwise: () => 'node' },
];

async function answer(given: Partial<Answers>, folder: string | undefined): Promise<Answers> {
  const so: Partial<Answers> = {};
  const lines = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  for (const { key, ask, otherwise } of questions) {
    const fallback = otherwise(so, folder);
    so[key] = given[key] ?? ((await lines?.question(`${ask} [${fallback}] `))?.trim() || fallback);
  }
  lines?.close();
  return so as Answers;
}

async function create(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      title: { type: 'string' },
      family: { type: 'string' },
      measures: { type: 'string' },
      language: { type: 'string' },
      sdk: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return void process.stdout.write(help);
  const answers = await answer(values as Partial<Answers>, positionals[0]);
  const sdk = values.sdk ?? (answers.language === 'python' ? 'wayside-device>=0.1,<0.2' : '^0.1.0');
  const plan = makePlan(answers, sdk);
  const folder = positionals[0] ?? plan.id;
  writeFiles(resolve(folder), deviceFiles(plan));
  process.stdout.write(
    `\n${plan.title} is in ${folder}. Next:\n\n  cd ${folder}\n${steps[plan.language].map((step) => `  ${step}\n`).join('')}\n`,
  );
}

create().catch((error: Error & { code?: string }) => {
  if (!(error instanceof Unclear) && !error.code?.startsWith('ERR_PARSE_ARGS') && !/^E[A-Z]+$/.test(error.code ?? '')) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
