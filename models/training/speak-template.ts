/** The rules and lists a template may name. */
export type Words = { rules: Readonly<Record<string, string>>; lists: Readonly<Record<string, readonly string[]>> };

/**
 * One of the sentences that a template stands for (`[optional]`, `(a|b)`, `{list}`, `<rule>`; its grammar is in the edge's `template.ts`), as
 * chance has it. A list that nothing is known of makes it no sentence: undefined.
 */
export function speakTemplate(template: string, words: Words, random: () => number): string | undefined {
  let at = 0;
  let lost = false;
  const oneOf = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  const sequence = (close: string): string => {
    const options: string[] = [''];
    const add = (text: string) => {
      options[options.length - 1] += text;
    };
    for (; at < template.length && template[at] !== close; at++) {
      const char = template[at]!;
      if (char === '|') options.push('');
      else if (char === '(' || char === '[') {
        at++;
        const inner = sequence(char === '(' ? ')' : ']');
        if (char === '(' || random() < 0.5) add(inner);
      } else if (char === '{' || char === '<') {
        const end = template.indexOf(char === '{' ? '}' : '>', at);
        const name = template.slice(at + 1, end).split(':')[0]!;
        const named = char === '<' ? words.rules[name] : oneOf(words.lists[name] ?? []);
        const said = named === undefined ? undefined : speakTemplate(named, words, random);
        lost ||= said === undefined;
        add(said ?? '');
        at = end;
      } else add(char);
    }
    return oneOf(options)!;
  };
  const said = sequence('').replace(/\s+/g, ' ').trim();
  return lost || said === '' ? undefined : said;
}
