import type { Locale } from '@wayside/protocol';

/** Words that carry politeness or hesitation and no meaning. */
const fillers: Record<Locale, RegExp> = {
  en: /^(?:can|could|would|will) you (?:please )?|(?<![a-z])(please|um+|uh+|er+|erm|hmm+|well|so|hey|hi|hello|okay|like|actually|just|basically|sorry|excuse me|you know|could you tell me|can you tell me|tell me|i want to know|i would like to know|do you know|quick question|thanks|thank you|right now|now|again|then)(?![a-z])/g,
  zh: /^(?:能不能|能否|可不可以|可以|麻烦)|请问一下|请问|麻烦你?|那个|这个嘛|嗯+|呃+|额+|哦+|喂|你好|您好|我想知道|我想问一下|我想问|问一下|帮我看看|帮我看一下|帮我|告诉我|一下|现在|到底|究竟|谢谢|[啊呀呢吧嘛哈啦]/g,
};

/** Turning a word over by mistake must never turn the meaning over. */
const negations = /[不没别无未勿]|(?<![a-z])(no|not|never|none|nothing)(?![a-z])/;

/** Nor what is counted: "thirty degrees" is no slip for twenty. */
const counts = /[零一二两三四五六七八九十百千万半]/;

/** How sure a match is after each kind of repair. */
const sure = { filler: 0.95, typo: 0.85 } as const;
const shortestTypo = 4;

/**
 * Looks for the sentence a person nearly said: without fillers, or with one mistyped word (English) or character (Chinese).
 * A repair counts only when all repairs that match mean the same.
 */
export function nearly<M extends { intent: string; slots: Record<string, string> }>(
  sentence: string,
  locale: Locale,
  words: ReadonlySet<string>,
  match: (sentence: string) => M | undefined,
): { match: M; confidence: number } | undefined {
  const bare = sentence.replace(fillers[locale], ' ').replace(/\s+/g, ' ').trim();
  const stripped = locale === 'zh' ? bare.replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '') : bare;
  const tries = stripped === sentence || stripped === '' ? [sentence] : [stripped, sentence];
  for (const each of [...tries.slice(0, -1), direct(stripped)]) {
    const found = each === undefined ? undefined : match(each);
    if (found) return { match: found, confidence: sure.filler };
  }
  for (const each of tries) {
    const repairs = locale === 'zh' ? repairHan(each) : repairLatin(each, words);
    const found = new Map<string, M>();
    for (const repair of repairs) {
      const one = match(repair);
      if (one) found.set(JSON.stringify([one.intent, one.slots]), one);
    }
    if (found.size === 1) return { match: [...found.values()][0]!, confidence: each === sentence ? sure.typo : sure.typo * sure.filler };
  }
  return undefined;
}

/** "(tell me) why the light is on" as it is asked straight: "why is the light on". */
function direct(sentence: string): string | undefined {
  const [, ask, whom, verb, rest] =
    /^(why|what|where|how) ((?:the|my|our|this|that|it|there)(?: [a-z]+){0,3}?) (is|are|was|has|will|can) ?(.*)$/.exec(sentence) ?? [];
  return ask && `${ask} ${verb} ${whom} ${rest}`.trim();
}

function repairHan(sentence: string): string[] {
  const chars = [...sentence];
  if (chars.length < 5 || chars.length > 30) return [];
  return chars.flatMap((char, i) => {
    if (negations.test(char) || counts.test(char) || !/\p{Script=Han}/u.test(char)) return [];
    const [before, after] = [chars.slice(0, i).join(''), chars.slice(i + 1).join('')];
    return [before + after, `${before}\u0001${after}`];
  });
}

function repairLatin(sentence: string, words: ReadonlySet<string>): string[] {
  const said = sentence.split(' ');
  const strange = said.filter((word) => !words.has(word) && !/\d/.test(word));
  const [one, ...more] = strange;
  if (one === undefined || more.length > 0 || one.length < shortestTypo || said.length < 2) return [];
  const near = [...words].filter((word) => word.length >= shortestTypo && isOneSlip(one, word)).slice(0, 5);
  return near.map((word) => said.map((each) => (each === one ? word : each)).join(' '));
}

/** Whether two words differ by one letter put in, left out, changed, or two swapped (Damerau, CACM 7(3), 1964). */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [restA, restB] = [a.slice(i), b.slice(i)];
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
