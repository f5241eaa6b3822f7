import type { CaseRow } from '../api/types.ts';

const weight = { danger: 3, warning: 2, advice: 1, info: 0 } as const;

/**
 * The order in which to help: urgent first, who is to be helped before who is only watched, then who is waiting before who was answered, then by severity, then the longest wait.
 * Resolved cases: the newest first.
 */
export function ordered(cases: readonly CaseRow[]): CaseRow[] {
  return [...cases].sort((a, b) => {
    if (a.state === 'resolved' && b.state === 'resolved') return b.updatedAt - a.updatedAt;
    return (
      Number(b.urgency === 'urgent') - Number(a.urgency === 'urgent') ||
      Number(a.attention === 'looks-on') - Number(b.attention === 'looks-on') ||
      Number(b.waitingSince !== null) - Number(a.waitingSince !== null) ||
      (b.severity ? weight[b.severity] : 0) - (a.severity ? weight[a.severity] : 0) ||
      (a.waitingSince ?? a.openedAt) - (b.waitingSince ?? b.openedAt)
    );
  });
}

/** The case `step` places after `id` in a list, staying inside it; the first when `id` is not in it. */
export function neighbour(cases: readonly { id: string }[], id: string | undefined, step: number): string | undefined {
  const at = cases.findIndex((each) => each.id === id);
  if (at === -1) return cases[0]?.id;
  return cases[Math.min(cases.length - 1, Math.max(0, at + step))]?.id;
}
