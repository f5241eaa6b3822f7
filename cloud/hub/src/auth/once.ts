const most = 500_000;

/**
 * Says of each text whether it is seen for the first time within a span. Two generations of it are kept, so that forgetting costs nothing; with more
 * than half a million in one, the oldest go early.
 */
export function createOnce(spanMs: number, now: () => number): (text: string) => boolean {
  let [young, old] = [new Set<string>(), new Set<string>()];
  let turned = now();
  return (text) => {
    const past = now() - turned;
    if (past >= spanMs || young.size >= most) {
      old = past >= 2 * spanMs ? new Set() : young;
      young = new Set();
      turned = now();
    }
    if (young.has(text) || old.has(text)) return false;
    young.add(text);
    return true;
  };
}
