/** What has been read so far of a draft that is still being written. */
export interface DraftStream {
  /** Takes the next piece of JSON, split anywhere, and returns the readable claim text in it ('' when it is only syntax). */
  push(piece: string): string;
  /** The whole text if it is complete JSON; else an answer of the claims that are complete; else undefined. */
  written(): unknown;
}

const simpleEscapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\', '/': '/' };

/**
 * Reads a draft's JSON as it arrives and lets only the text of its claims through to the reader: the value of the key
 * `text`, escapes resolved. It is a scanner over RFC 8259 strings, not a JSON parser; `written` parses.
 */
export function createDraftStream(): DraftStream {
  let all = '';
  let inString = false;
  let escaped = '';
  let token = '';
  let key = '';
  let expectsValue = false;
  let claimsShown = 0;
  let completeTo = 0;

  function character(char: string): string {
    const showing = expectsValue && key === 'text';
    if (escaped) {
      escaped += char;
      if (escaped[1] === 'u' && escaped.length < 6) return '';
      const code = Number.parseInt(escaped.slice(2), 16);
      const meant = escaped[1] === 'u' ? (Number.isNaN(code) ? '' : String.fromCharCode(code)) : (simpleEscapes[escaped[1]!] ?? '');
      escaped = '';
      token += meant;
      return showing ? meant : '';
    }
    if (char === '\\') {
      escaped = '\\';
      return '';
    }
    if (char === '"') {
      inString = false;
      if (!expectsValue) key = token;
      return '';
    }
    token += char;
    return showing ? char : '';
  }

  function push(piece: string): string {
    let shown = '';
    for (const char of piece) {
      all += char;
      if (inString) {
        shown += character(char);
      } else if (char === '"') {
        inString = true;
        token = '';
        if (expectsValue && key === 'text' && claimsShown++ > 0) shown += ' ';
      } else if (char === ':') {
        expectsValue = true;
      } else if (char === ',' || char === '{' || char === '[') {
        expectsValue = false;
      } else if (char === '}') {
        expectsValue = false;
        completeTo = all.length;
      }
    }
    return shown;
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
