/** What a bundle may be for: where our natives' makers ship builds and an edge is likely to live. */
export const platforms = ['linux-x64', 'linux-arm64'] as const;
export type Platform = (typeof platforms)[number];

/** Systems, processors and C libraries as the names of prebuilt parts spell them. */
const systems = new Set(['linux', 'darwin', 'mac', 'win32', 'win', 'android', 'freebsd']);
const processors = new Set(['x64', 'arm64', 'armv7l', 'arm', 'ia32', 'riscv64']);

/**
 * Why a file of an npm package does not go into a bundle for `platform`, or undefined when it does. Pure; decided by the name of the package and the
 * path in it alone, so that the same rules serve every version. Licences and notices always go along.
 */
export function whyLeftOut(name: string, path: string, platform: Platform): string | undefined {
  if (isLicence(path)) return undefined;
  if (/cuda|vulkan|tensorrt|directml|dxcompiler|dxil/i.test(`${name}/${path}`)) return 'parts for graphics processors';
  if (isForeign(`${name}/${path}`, platform)) return 'other platforms';
  if (name.startsWith('@types/') || name === 'undici-types') return 'types, for those who write code';
  if (name === 'node-llama-cpp' && /^(llama\/(?!.*\.json$)|templates\/)/.test(path)) return 'sources to build natives from';
  if (/\.(d\.[cm]?ts|[cm]?ts|map|tsbuildinfo)$/.test(path)) return 'types, for those who write code';
  if (/^(tests?|__tests__|docs?|examples?|benchmarks?|\.github)\//.test(path)) return 'tests and documentation';
  if (/\.(md|markdown)$/i.test(path)) return 'tests and documentation';
  return undefined;
}

export const isLicence = (path: string): boolean => /(^|\/)(licen[cs]es?|notice|copying|third.?party.?notices?)[^/]*$/i.test(path);

/** A part of the path that names a system or a processor which is not ours: `linux/arm64`, `darwin-x64`, `reflink-linux-x64-musl`. */
function isForeign(path: string, platform: Platform): boolean {
  const [system, processor] = platform.split('-') as [string, string];
  // Only names of folders and packages; a file such as `win.js` is code that decides at run time.
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => {
      const words = folder.split('-');
      if (words.includes('musl')) return true;
      const other = words.filter((word) => (systems.has(word) && word !== system) || (processors.has(word) && word !== processor));
      // `arm` or `win` alone may be a word like any other; beside its pair, or as a whole folder, it is a platform.
      return other.length > 0 && (words.length === 1 || words.some((word) => systems.has(word)));
    });
}
