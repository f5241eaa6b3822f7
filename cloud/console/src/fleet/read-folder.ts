/**
 * The files of a folder somebody chose, in base64, by their paths within it.
 * Recordings and tests are not needed where a pack serves, and stay here.
 */
export async function readFolder(files: readonly File[]): Promise<Record<string, string>> {
  const read = files.map(async (file): Promise<[string, string]> => {
    const path = (file.webkitRelativePath || file.name).split('/').slice(1).join('/') || file.name;
    return [path, base64(new Uint8Array(await file.arrayBuffer()))];
  });
  return Object.fromEntries((await Promise.all(read)).filter(([path]) => !/^(recordings|tests)\//.test(path)));
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // The arguments of one call are limited.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
