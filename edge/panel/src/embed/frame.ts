import { style } from './style.ts';
import { type PanelLocale, words } from './words.ts';

/** What stands in the shadow root, before anything is known. Only words of ours go in as markup; all else is text. */
export function frame(locale: PanelLocale): string {
  const w = words[locale];
  return `<style>${style}</style><section class="frame" lang="${locale}" aria-label="Wayside">
      <header><h2 data-part="title">Wayside</h2><ul data-part="faults" aria-label="${w.faults}"></ul></header>
      <div class="log" data-part="log" role="log" aria-label="${w.log}" tabindex="0"></div>
      <div class="taps" data-part="taps" role="group" aria-label="${w.taking}" hidden></div>
      <form data-part="ask"><input data-part="text" name="text" maxlength="2000" autocomplete="off" aria-label="${w.ask}" placeholder="${w.ask}"><button>${w.send}</button></form>
      <form data-part="code" hidden><input name="code" maxlength="300" autocomplete="off" aria-label="${w.code}" placeholder="${w.code}"><button>${w.open}</button></form>
      <footer><span data-part="note" role="status"></span><button class="quiet" type="button" data-part="person">${w.person}</button></footer></section>`;
}
