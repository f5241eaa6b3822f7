/** The case `step` places after `id` in a list, staying inside it; the first when `id` is not in it. */
export function neighbour(cases: readonly { id: string }[], id: string | undefined, step: number): string | undefined {
  const at = cases.findIndex((each) => each.id === id);
  if (at === -1) return cases[0]?.id;
  return cases[Math.min(cases.length - 1, Math.max(0, at + step))]?.id;
}
