import { execFile } from 'node:child_process';
import { WaysideError } from '@wayside/protocol';
import type { Installed } from './packages.ts';

/** CycloneDX 1.5, the parts of it that are read here. */
type Bom = {
  metadata: { component: Record<string, unknown> };
  components: { 'bom-ref': string; name: string; version: string; group?: string }[];
  dependencies: { ref: string; dependsOn?: string[] }[];
};

/**
 * The bill of materials of a bundle: what npm says of the whole workspace (licences, hashes, addresses), of the packages that are in it.
 * @throws WaysideError `unavailable` when npm cannot tell
 */
export async function billOfMaterials(
  root: string,
  packages: readonly Installed[],
  title: { name: string; version: string },
): Promise<Bom> {
  const whole = JSON.parse(await npmSbom(root)) as Bom;
  const kept = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const inBundle = (ref: string) => kept.has(ref);
  const components = whole.components.filter((component) => inBundle(component['bom-ref']));
  return {
    ...whole,
    metadata: {
      ...whole.metadata,
      component: { ...whole.metadata.component, type: 'application', ...title, 'bom-ref': `${title.name}@${title.version}` },
    },
    // Installed in two places it is named twice, and a reference may stand once.
    components: [...new Map(components.map((component) => [component['bom-ref'], component])).values()],
    dependencies: whole.dependencies
      .filter(({ ref }) => inBundle(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(inBundle) })),
  };
}

function npmSbom(root: string): Promise<string> {
  // The npm that started us, else the one on the PATH.
  const [command, first] = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []];
  return new Promise((resolve, reject) => {
    // With what is for development too: npm counts a package as such when the root names it, whoever else needs it.
    const args = [...first, 'sbom', '--sbom-format', 'cyclonedx'];
    execFile(command, args, { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout) => {
      // npm ends with 1 when something optional of another platform is missing, and tells all the same.
      if (stdout.startsWith('{')) return resolve(stdout);
      reject(new WaysideError('unavailable', 'npm could not list the packages (“npm sbom”). It takes npm 9.5 or newer.', { cause: error }));
    });
  });
}
