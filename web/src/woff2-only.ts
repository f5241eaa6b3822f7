import type { Plugin } from 'vite';

/** Every browser that runs our pages reads WOFF2; the WOFF twins would double the font files we ship. */
export const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(css, id) {
    if (/@fontsource\/.*\.css$/.test(id)) return css.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '');
  },
};
