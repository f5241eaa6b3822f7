import type { Primitives } from './primitives.ts';
import type { Trust, Verdict } from './verdict.ts';
import { createVerifier } from './verify.ts';

/** No line of a record is longer: one handoff with all its traces is far below. */
const longestLine = 32 * 1024 * 1024;
const newline = 10;

/**
 * Checks a record as the bytes it is: lines end with one newline and nothing else, and what is no UTF-8 is not made into something that is.
 */
export function createBytesVerifier(p: Primitives, trust?: Trust) {
  const verifier = createVerifier(p, trust);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest: Uint8Array[] = [];
  let restLength = 0;
  let going = true;

  function take(line: Uint8Array): void {
    let text: string;
    try {
      text = decoder.decode(line);
    } catch {
      text = '';
    }
    going = verifier.line(text);
  }

  return {
    /** Takes the next bytes. @returns false when there is no use in more */
    bytes(chunk: Uint8Array): boolean {
      let from = 0;
      while (going) {
        const end = chunk.indexOf(newline, from);
        if (end < 0) break;
        take(restLength === 0 ? chunk.subarray(from, end) : whole(chunk.subarray(from, end)));
        from = end + 1;
      }
      if (going && from < chunk.length) {
        rest.push(chunk.slice(from));
        restLength += chunk.length - from;
        if (restLength > longestLine) take(new Uint8Array());
      }
      return going;
    },
    end(): Verdict {
      const unfinished = going && restLength > 0;
      if (unfinished) take(whole(new Uint8Array()));
      return verifier.end(!unfinished);
    },
  };

  function whole(last: Uint8Array): Uint8Array {
    const line = new Uint8Array(restLength + last.length);
    let at = 0;
    for (const part of [...rest, last]) {
      line.set(part, at);
      at += part.length;
    }
    [rest, restLength] = [[], 0];
    return line;
  }
}

/** Checks a whole file at once. */
export function verifyBytes(p: Primitives, bytes: Uint8Array, trust?: Trust): Verdict {
  const verifier = createBytesVerifier(p, trust);
  verifier.bytes(bytes);
  return verifier.end();
}
