import type { Bench } from '../measure.ts';
import { answering } from './answer.ts';
import { speechAsr } from './asr.ts';
import { besideAnswer } from './beside.ts';
import { speechCommands } from './commands.ts';
import { speaking } from './speak.ts';
import { wakeWord } from './wake.ts';

/** What is measured of hearing and speaking. */
export const voice: readonly Bench[] = [
  speechAsr,
  speechCommands,
  wakeWord,
  { name: 'speaking', title: 'Answers spoken aloud, in English, and heard back', run: (options) => speaking('en', options) },
  { name: 'speaking-zh', title: 'Answers spoken aloud, in Chinese, and heard back', run: (options) => speaking('zh', options) },
  besideAnswer,
  answering,
];
