import { createReadStream } from 'node:fs';
import { localeOf, WaysideError } from '@wayside/protocol';
import { createBytesVerifier, saySeen, sayVerdict, type Trust, type Verdict } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';

export type VerifyFlags = { edgeKey?: string; hub?: string; operator?: string; witnesses?: string; code?: string; json?: boolean };

/**
 * `wayside verify`: checks an exported record with no server. Says what was checked and, when something is wrong, the first thing and where.
 * Exit code 0 when it is whole, 1 when it is not, 2 when the file cannot be read.
 */
export async function verify(file: string, flags: VerifyFlags): Promise<void> {
  const verdict = await verifyFile(file, trustOf(flags)).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall === undefined) throw error;
    process.exitCode = 2;
    process.stderr.write(`${file} cannot be read (${error.code}).\n`);
    return undefined;
  });
  if (!verdict) return;
  if (!verdict.ok) process.exitCode = 1;
  if (flags.json) return void process.stdout.write(`${JSON.stringify(verdict)}\n`);
  const language = localeOf(process.env.LC_ALL || process.env.LANG);
  const lines = [
    `${verdict.ok ? '✓' : '✗'} ${sayVerdict(verdict, language)}`,
    ...saySeen(verdict.seen, language).map((line) => `  ${line}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Reads as it goes: a file of a million entries is held in memory at no time. */
export async function verifyFile(file: string, trust: Trust): Promise<Verdict> {
  const verifier = createBytesVerifier(nodePrimitives, trust);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) if (!verifier.bytes(chunk as Buffer)) break;
  return verifier.end();
}

/** What the reader knows from elsewhere, from flags. @throws WaysideError `invalid` */
function trustOf({ edgeKey, hub, operator, witnesses, code }: VerifyFlags): Trust {
  const parts = code?.trim().split(' ');
  if (parts && (parts.length !== 6 || parts[0] !== 'wayside-record/1'))
    throw new WaysideError('invalid', 'The code is not one of a Wayside record: it begins with wayside-record/1 and has six parts.');
  const least = witnesses === undefined ? undefined : Number(witnesses);
  if (least !== undefined && !(Number.isInteger(least) && least >= 0)) throw new WaysideError('invalid', '--witnesses takes a number.');
  const key = edgeKey ?? parts?.[5];
  return {
    ...(key === undefined ? {} : { edgeKey: key }),
    ...(hub === undefined ? {} : { hub }),
    ...(operator === undefined ? {} : { operator }),
    ...(least === undefined ? {} : { witnesses: least }),
    ...(parts === undefined ? {} : { head: parts[4] as string }),
  };
}
