import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Everything in the one HTML file: it is opened from a disk, where a browser loads no module from beside it. */
const oneFile: Plugin = {
  name: 'wayside:one-file',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['index.html'];
    if (page?.type !== 'asset') throw new Error('there is no page to put the rest into');
    let html = String(page.source);
    for (const [name, part] of Object.entries(bundle)) {
      if (part === page) continue;
      const text = part.type === 'chunk' ? part.code : String(part.source);
      const tag =
        part.type === 'chunk' ? new RegExp(`<script[^>]*${part.fileName}[^>]*></script>`) : new RegExp(`<link[^>]*${part.fileName}[^>]*>`);
      if (!tag.test(html)) throw new Error(`${name} is not named in the page`);
      const inline =
        part.type === 'chunk' ? `<script type="module">${text.replaceAll('</script', '<\\/script')}</script>` : `<style>${text}</style>`;
      html = html.replace(tag, () => inline);
      delete bundle[name];
    }
    page.source = html;
    page.fileName = 'verify.html';
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [oneFile],
  build: {
    outDir: resolve(import.meta.dirname, '../dist'),
    emptyOutDir: true,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 100_000,
  },
});
