import { onContentUpdated, type Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { drawDiagrams } from './draw-diagrams.ts';
import './style.css';

/** The pages that are there in Chinese, by address; `config.ts` fills them in. */
declare const chinese: string[];

/** The site's own look, and a switch of languages that leads to the Chinese front page where a page has no Chinese one. */
export default {
  extends: DefaultTheme,
  enhanceApp({ router }) {
    router.onBeforePageLoad = (to) => {
      const { pathname } = new URL(to, 'http://site');
      if (!pathname.startsWith('/zh/') || chinese.includes(pathname.replace(/(index)?(\.html)?$/, ''))) return;
      void router.go('/zh/');
      return false;
    };
  },
  setup: () => onContentUpdated(drawDiagrams),
} satisfies Theme;
