import type { PackProblem } from './files.ts';

/** How many problems of one pack are told at once. */
export const maxProblems = 20;

/** The problems of a pack as a text: one line each, as a person wants to read them in a log or a terminal. */
export function tell(what: string, problems: PackProblem[]): string {
  const lines = problems.map(({ file, at, problem }) => `  ${file}${at ? ` at ${at}` : ''}: ${problem}`);
  const count = problems.length === 1 ? '1 problem' : `${problems.length >= maxProblems ? 'at least ' : ''}${problems.length} problems`;
  return `${what} does not pass its check, ${count}:\n${lines.join('\n')}`;
}
