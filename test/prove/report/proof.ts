/** What a person reads, in both languages. */
export type Words = Readonly<Record<'en' | 'zh', string>>;

/** One proof as the pages tell it: `front` in a row of docs/reliability.md and its Chinese twin, `detail` below the same heading on the page of its area. */
export type Proof = {
  title: string;
  /** Its npm script, with what has to follow. */
  command: string;
  promise: Words;
  /** What was done to what is promised. */
  done: Words;
  /** What came of it, from what was kept; without, the proof was not run. */
  came?: Words;
  /** What it does not try, so that nobody takes it for more than it is. A clause that begins small and has no full stop. */
  untried: Words;
  detail: string;
};

/** As GitHub and VitePress make an anchor of a heading. */
export const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(',', '').replaceAll(' ', '-');
