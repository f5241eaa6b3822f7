import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Every browser that runs this app reads WOFF2; the WOFF copies would double the size of the build. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('@fontsource')) return;
    return code.replaceAll(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '');
  },
};

export default defineConfig({
  base: './',
  plugins: [react(), woff2Only],
  // A font file inlined as base64 would be loaded whether its characters are on screen or not.
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // The technicians' console, and the page for the person at the machine, which needs little of it.
    rolldownOptions: { input: ['index.html', 'customer.html'] },
  },
  server: { proxy: { '/v1': process.env.WAYSIDE_HUB_URL ?? 'http://localhost:8090' } },
});
