type Waiting<Asked, Answer> = { asked: Asked; resolve(answer: Answer): void; reject(error: unknown): void };

/**
 * Does together what is asked while the last group was under way: the more ask, the less each costs. Who asks alone does not wait.
 * @param together answers in the order of what was asked; when it fails for several, each is tried alone, so that one cannot spoil it for others
 * @param lanes how many groups are under way at most
 * @param keyOf two of the same key are never in one group, and are begun in their order
 * @param weigh what each weighs, of the one that a group may, so that it stays a matter of milliseconds; when many wait half of them go
 *   together, so that what is done once for a group is done seldom while the other half gets ready
 */
export function createGather<Asked, Answer>(
  together: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
  lanes: number,
  keyOf?: (asked: Asked) => string,
  weigh: (asked: Asked) => number = () => 1 / 64,
): (asked: Asked) => Promise<Answer> {
  let waiting: Waiting<Asked, Answer>[] = [];
  let underWay = 0;

  function take(): Waiting<Asked, Answer>[] {
    const keys = new Set<string>();
    const group: Waiting<Asked, Answer>[] = [];
    const later: Waiting<Asked, Answer>[] = [];
    let weight = 0;
    const most = Math.max(1, waiting.reduce((sum, { asked }) => sum + weigh(asked), 0) / 2);
    for (const one of waiting) {
      const key = keyOf?.(one.asked);
      const fits = weight < most && (key === undefined || !keys.has(key));
      if (key !== undefined) keys.add(key);
      if (fits) weight += weigh(one.asked);
      (fits ? group : later).push(one);
    }
    waiting = later;
    return group;
  }

  async function answer(group: Waiting<Asked, Answer>[]): Promise<void> {
    try {
      const answers = await together(group.map(({ asked }) => asked));
      for (const [i, { resolve }] of group.entries()) resolve(answers[i] as Answer);
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await answer([one]);
    }
  }

  async function work(): Promise<void> {
    // What one turn of the event loop asks is asked together.
    await Promise.resolve();
    while (waiting.length > 0) await answer(take());
    underWay--;
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (underWay >= lanes) return;
      underWay++;
      void work();
    });
}
