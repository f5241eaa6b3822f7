import { describe, expect, it } from 'vitest';
import { whyLeftOut } from './leave-out.ts';

const x64 = 'linux-x64';
const kept = (name: string, path: string, platform: 'linux-x64' | 'linux-arm64' = x64) => whyLeftOut(name, path, platform) === undefined;

describe('what goes into a bundle', () => {
  it('keeps the natives of its platform, and no other', () => {
    const onnx = (folder: string) => ['onnxruntime-node', `bin/napi-v6/${folder}/onnxruntime_binding.node`] as const;
    expect(kept(...onnx('linux/x64'))).toBe(true);
    expect(kept(...onnx('linux/x64'), 'linux-arm64')).toBe(false);
    for (const other of ['linux/arm64', 'darwin/arm64', 'win32/x64'])
      expect(whyLeftOut('onnxruntime-node', onnx(other)[1], x64)).toBe('other platforms');
    expect(kept('@node-llama-cpp/linux-x64', 'bins/linux-x64/llama-addon.node')).toBe(true);
    expect(kept('@node-llama-cpp/linux-x64', 'bins/linux-x64/libggml-cpu-haswell.so')).toBe(true);
    expect(kept('@node-llama-cpp/linux-armv7l', 'bins/linux-armv7l/llama-addon.node')).toBe(false);
    expect(kept('@reflink/reflink-linux-x64-gnu', 'reflink.linux-x64-gnu.node')).toBe(true);
    expect(kept('@reflink/reflink-linux-x64-musl', 'reflink.linux-x64-musl.node')).toBe(false);
  });

  it('leaves out what is for graphics processors, whatever its platform', () => {
    for (const [name, path] of [
      ['@node-llama-cpp/linux-x64-cuda', 'bins/linux-x64-cuda/libggml-cuda.so'],
      ['@node-llama-cpp/linux-x64-vulkan', 'bins/linux-x64-vulkan/libggml-vulkan.so'],
      ['onnxruntime-node', 'bin/napi-v6/linux/x64/libonnxruntime_providers_tensorrt.so'],
    ] as const)
      expect(whyLeftOut(name, path, x64)).toBe('parts for graphics processors');
  });

  it('leaves out types, tests and sources, and keeps code that only looks like them', () => {
    for (const path of ['dist/index.d.ts', 'dist/index.js.map', 'test/a.js', 'README.md', 'src/index.ts'])
      expect(kept('some-package', path)).toBe(false);
    expect(kept('node-llama-cpp', 'llama/gitRelease.bundle')).toBe(false);
    expect(kept('node-llama-cpp', 'llama/binariesGithubRelease.json')).toBe(true);
    for (const path of ['dist/test/run.js', 'lib/win.js', 'lib/arm.js', 'dist/win-back.js']) expect(kept('some-package', path)).toBe(true);
  });

  it('keeps every licence and notice, wherever it lies', () => {
    for (const path of ['LICENSE', 'LICENSE.md', 'docs/NOTICE.txt', 'ThirdPartyNotices.txt', 'test/COPYING', 'licence'])
      expect(kept('some-package', path)).toBe(true);
  });
});
