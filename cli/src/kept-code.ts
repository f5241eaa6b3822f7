import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';

/** What V8 made of a script, and of which text. */
type Kept = { source: string; code: Uint8Array };
type Compile = (this: Module, text: string, file: string, format?: string) => unknown;
type Exports = { _compile: Compile };

/** As Node wraps a CommonJS file. */
const [head, tail] = ['(function (exports, require, module, __filename, __dirname) {', '\n})'];
const hashBytes = 32;
let end: (() => void) | undefined;
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

/**
 * Takes up what V8 made of the scripts in `folder` at an earlier start, and of what it has not yet, keeps it for the next: a third of a start goes into
 * making it. Not Node's own compile cache: that holds 2.6 MB of what it read for as long as the process lives, and makes the half anew that V8 has let go
 * of when it is written. It lies beside the program, so that whoever can change the one can change the other. A damaged file, another text of a
 * script, other settings of V8 or another Node is left aside, and the script read as ever.
 */
export function takeKeptCode(folder = join(import.meta.dirname, '../dist')): void {
  const file = join(folder, `code-${process.version}-${process.arch}`);
  const kept = read(file);
  const seen = new Map<string, { source: string; script: Script }>();
  let anew = false;
  const loader = Module.prototype as unknown as Exports;
  const compile = loader._compile;
  /** V8 lets go of code after two collections, which come sooner than a start is over. */
  const hold = () => {
    if (!anew) setFlagsFromString('--no-flush-bytecode');
    anew = true;
  };
  if (kept.size === 0) hold();

  loader._compile = function (text, path, format) {
    if (dirname(path) !== folder) return compile.call(this, text, path, format);
    const name = path.slice(folder.length + 1);
    const source = sha256(text).toString('base64');
    const before = kept.get(name);
    const cachedData = before?.source === source ? before.code : undefined;
    const script = new Script(head + text + tail, {
      filename: path,
      columnOffset: -head.length,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(cachedData && { cachedData }),
    });
    if (!cachedData || script.cachedDataRejected) hold();
    seen.set(name, { source, script });
    kept.delete(name);
    return script.runInThisContext().call(this.exports, this.exports, createRequire(path), this, path, folder);
  };

  end = () => {
    loader._compile = compile;
    kept.clear();
    if (!anew) return;
    // First, since V8 takes code only under the settings that it was made under.
    setFlagsFromString('--flush-bytecode');
    keep(file, new Map([...seen].map(([name, { source, script }]) => [name, { source, code: script.createCachedData() }])));
  };
}

/** To be called once what a start runs has run: keeps its code where any of it was not kept, and takes up no more. */
export function keepCode(): void {
  end?.();
  end = undefined;
}

/** Whole, or nothing: V8 itself does not look whether what it is given is damaged. */
function read(file: string): Map<string, Kept> {
  try {
    const bytes = readFileSync(file);
    const body = bytes.subarray(hashBytes);
    return sha256(body).equals(bytes.subarray(0, hashBytes)) ? (deserialize(body) as Map<string, Kept>) : new Map();
  } catch {
    return new Map();
  }
}

function keep(file: string, code: Map<string, Kept>): void {
  const begun = `${file}.${process.pid}`;
  try {
    const body = serialize(code);
    writeFileSync(begun, Buffer.concat([sha256(body), body]), { mode: 0o644 });
    renameSync(begun, file);
  } catch {
    // A program that lies where nobody may write starts as it did.
    rmSync(begun, { force: true });
  }
}
