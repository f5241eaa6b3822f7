import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './assemble.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { filesIn, licenceTexts } from './copy-package.ts';
import type { Platform } from './leave-out.ts';
import type { Installed } from './packages.ts';
import type { Proved } from './prove-parts.ts';

/**
 * What goes along with a bundle so that a stranger can judge it: `manifest.json` (what it is for, what was left out and why, what was tried), `sbom.cdx.json`
 * (CycloneDX 1.5), `licences/` (the texts of the packages whose code was taken into the build; the others keep theirs), `SHA256SUMS` for `sha256sum -c`.
 */
export async function writePapers(about: {
  root: string;
  folder: string;
  name: string;
  version: string;
  platform: Platform;
  ai: boolean;
  made: Bundle;
  proved: Proved[];
}): Promise<{ bytes: number; files: number }> {
  const { root, folder, name, version, platform, ai, made, proved } = about;
  const packages = once([...made.packages, ...made.inlined]);
  writeJson(join(folder, 'sbom.cdx.json'), await billOfMaterials(root, packages, { name: 'wayside-edge', version }));
  const silent = keepLicences(folder, once(made.inlined));
  writeJson(join(folder, 'manifest.json'), {
    name,
    version,
    platform,
    ai,
    node: '24',
    leftOut: Object.fromEntries(made.leftOut),
    tried: proved,
    packages: packages.map((each) => `${each.name}@${each.version}`).sort(),
    withoutLicenceText: silent,
  });
  const paths = filesIn(folder);
  const sums = paths.map(
    (path) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex')}  ${path}`,
  );
  writeFileSync(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  const bytes = [...paths, 'SHA256SUMS'].reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  return { bytes, files: paths.length + 1 };
}

/** One of each name and version, however often it is installed. */
const once = (packages: readonly Installed[]): Installed[] => [
  ...new Map(packages.map((each) => [`${each.name}@${each.version}`, each])).values(),
];

/** Writes the licence texts; the packages that carry none are named, and the bill of materials says what they declare. */
function keepLicences(folder: string, packages: readonly Installed[]): string[] {
  const silent: string[] = [];
  for (const { name, version, folder: from } of packages) {
    const texts = licenceTexts(from);
    if (texts.length === 0) silent.push(`${name}@${version}`);
    const to = join(folder, 'licences', `${name.replace('/', '+')}@${version}`);
    if (texts.length > 0) mkdirSync(to, { recursive: true });
    for (const { path, text } of texts) writeFileSync(join(to, path), text);
  }
  return silent;
}

const writeJson = (file: string, value: unknown) => writeFileSync(file, `${JSON.stringify(value, undefined, 1)}\n`);
