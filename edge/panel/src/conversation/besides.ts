import type { Answer, GuidedStep } from '../api/types.ts';

const counted = /(Step \d+ of \d+:|第\s?\d+\s?步，共\s?\d+\s?步：)/;

/**
 * What is left of an answer's text when its question and its step stand in cards of their own below it. Said aloud the text must hold
 * everything; on the screen nothing is said twice.
 */
export function besides(text: string, { step, question, command }: Pick<Answer, 'step' | 'question' | 'command'>): string {
  const asks =
    command?.state === 'proposed' ? [...ended(command.title), ...Object.values(command.effect ?? {}), 'Shall I do it?', '要执行吗？'] : [];
  const shown = [question?.text, step?.text, step?.safety, ...(step ? prepared(step) : []), ...asks].filter((part) => part !== undefined);
  const left = shown.reduce((rest, part) => rest.replace(part, ''), text);
  return (step ? left.replace(counted, '') : left).replace(/ {2,}/g, ' ').trim();
}

/** What a first step says besides, as the edge words it. */
function prepared({ tools = [], minutes, rate, action }: GuidedStep): string[] {
  const judged = (rate?.fixed ?? 0) + (rate?.notFixed ?? 0);
  return [
    `You need: ${tools.join('; ')}.`,
    `需要准备：${tools.join('；')}。`,
    `It takes about ${minutes} minutes.`,
    `大约需要 ${minutes} 分钟。`,
    `It has worked ${rate?.fixed} of ${judged} times.`,
    `此前 ${judged} 次中有 ${rate?.fixed} 次修好。`,
    `I can do this from here: ${action?.title}. Say “do it” if I should.`,
    `我可以代您执行：${action?.title}。要我来做，请说“执行”。`,
  ];
}

/**
 * The last question of a text, with what follows it: `before` stays in the text, `question` stands with what may be tapped instead. Without a question the
 * text stays whole.
 */
export function askedLast(text: string): { before: string; question: string } {
  const sentences = text.split(/(?<=[.!?…]\s)|(?<=[。！？])/);
  const last = sentences.findLastIndex((sentence) => /[?？]\s*$/.test(sentence));
  if (last < 1) return { before: text, question: '' };
  return { before: sentences.slice(0, last).join('').trim(), question: sentences.slice(last).join('').trim() };
}

const ended = ({ en, zh }: { en: string; zh: string }) => [`${en}.`, `${zh}。`];
