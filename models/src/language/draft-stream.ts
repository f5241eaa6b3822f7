/** What has been read so far of a draft that is still being written. */
export interface DraftStream {
  /** Takes the next piece of JSON, split anywhere. True when an object ended in it, so that `written` may hold one claim more. */
  push(piece: string): boolean;
  /** The whole text if it is complete JSON; else an answer of the claims that are complete; else undefined. */
  written(): unknown;
}

/**
 * Collects a draft's JSON as it arrives and sees where its objects end, which is where a claim is complete. It knows
 * only as much of JSON as that takes, strings and their escapes (RFC 8259 §7); `written` parses.
 */
export function createDraftStream(): DraftStream {
  let all = '';
  let inString = false;
  let escaped = false;
  let completeTo = 0;

  function push(piece: string): boolean {
    let ended = false;
    for (const char of piece) {
      all += char;
      if (escaped) escaped = false;
      else if (inString && char === '\\') escaped = true;
      else if (char === '"') inString = !inString;
      else if (!inString && char === '}') {
        completeTo = all.length;
        ended = true;
      }
    }
    return ended;
  }

  function parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  return { push, written: () => parse(all) ?? parse(`${all.slice(0, completeTo)}]}`) };
}
