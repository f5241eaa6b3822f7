import type { Answer } from '../api/types.ts';
import { frame } from './frame.ts';
import { type Outcome, type PageEdge, pageEdge } from './page-edge.ts';
import { said } from './said.ts';
import { tapsOf } from './taps.ts';
import { type PanelLocale, words } from './words.ts';

/** Where this script came from is where its edge is. */
const origin = new URL(import.meta.url).origin;
/** While somebody waits for a person, ms between looks at what was written. */
const lookEveryMs = 4_000;

/**
 * `<wayside-panel edge thing locale code>`: the conversation with the agent, and what is wrong, on a page of anybody's. In a shadow root, so that the page's
 * styles and its own do not touch. Tells `wayside-ready` and `wayside-answer` (`{text, rung, faults}`).
 */
class WaysidePanel extends HTMLElement {
  #edge: PageEdge | undefined;
  #session: string | undefined;
  #shown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #root = this.attachShadow({ mode: 'open' });

  connectedCallback(): void {
    if (!this.#root.firstChild) this.#draw();
    this.#edge = pageEdge(this.getAttribute('edge') ?? origin, storage());
    const code = this.getAttribute('code');
    void (code ? this.#open(code) : this.#look());
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  get #locale(): PanelLocale {
    return /^zh/i.test(this.getAttribute('locale') ?? (document.documentElement.lang || navigator.language)) ? 'zh' : 'en';
  }
  get #words() {
    return words[this.#locale];
  }
  get #thing(): string | undefined {
    return this.getAttribute('thing') ?? undefined;
  }
  #part<T extends HTMLElement>(name: string): T {
    return this.#root.querySelector(`[data-part=${name}]`) as T;
  }

  #draw(): void {
    this.#root.innerHTML = frame(this.#locale);
    this.#part('ask').addEventListener('submit', (event) => this.#submitted(event, (text) => this.#say(text)));
    this.#part('code').addEventListener('submit', (event) => this.#submitted(event, (text) => this.#open(text)));
    this.#part('person').addEventListener('click', () => void this.#callPerson());
  }

  #submitted(event: Event, act: (text: string) => Promise<boolean>): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [input, button] = [form.querySelector('input')!, form.querySelector('button')!];
    const text = input.value.trim();
    if (text === '' || button.disabled) return;
    button.disabled = true;
    void act(text).then((done) => {
      button.disabled = false;
      // What did not get through stays written.
      if (done) input.value = '';
      input.focus();
    });
  }

  async #open(code: string): Promise<boolean> {
    const opened = await this.#edge!.open(code);
    const refused = opened.kind === 'signed-out';
    this.#note(refused ? this.#words.refused : undefined);
    if (opened.kind === 'ok') await this.#look();
    else if (!refused) this.#trouble(opened);
    if (refused) this.#needCode(true);
    return opened.kind === 'ok';
  }

  async #look(): Promise<void> {
    const seen = await this.#edge!.look(this.#thing);
    if (seen.kind !== 'ok') return this.#trouble(seen);
    this.#needCode(false);
    this.#part('title').textContent = seen.body.title ?? 'Wayside';
    this.#showFaults(seen.body.faults);
    this.#tell('wayside-ready', {});
  }

  #showFaults(faults: readonly { title: { en: string; zh: string }; severity: string }[]): void {
    const lines = faults.map(({ title, severity }) => {
      const line = document.createElement('li');
      line.dataset.severity = severity;
      line.textContent = title[this.#locale];
      return line;
    });
    if (lines.length === 0) lines.push(Object.assign(document.createElement('li'), { textContent: this.#words.nothing }));
    this.#part('faults').replaceChildren(...lines);
  }

  async #begun(): Promise<string | undefined> {
    if (this.#session) return this.#session;
    const begun = await this.#edge!.begin(this.#thing, this.#locale);
    if (begun.kind === 'ok') this.#session = begun.body.session;
    else this.#trouble(begun);
    return this.#session;
  }

  async #say(text: string): Promise<boolean> {
    const session = await this.#begun();
    if (!session) return false;
    const answered = await this.#edge!.say(session, text);
    if (answered.kind !== 'ok') {
      this.#trouble(answered);
      return false;
    }
    this.#note(undefined);
    const { answer, faults, handoff } = answered.body;
    this.#offer(answer);
    await this.#showTurns(session);
    this.#showFaults(this.#thing ? faults.filter(({ thing }) => thing === this.#thing) : faults);
    this.#tell('wayside-answer', { text: answer.text, rung: answer.rung, faults });
    if (handoff) this.#watch(session);
    return true;
  }

  async #callPerson(): Promise<void> {
    const session = await this.#begun();
    if (!session) return;
    const called = await this.#edge!.person(session);
    if (called.kind !== 'ok') return this.#trouble(called);
    this.#note(this.#words.called);
    this.#watch(session);
  }

  /** A technician may write at any time from now on. */
  #watch(session: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#showTurns(session).finally(() => this.isConnected && this.#watch(session)), lookEveryMs);
  }

  async #showTurns(session: string): Promise<void> {
    const read = await this.#edge!.transcript(session);
    if (read.kind !== 'ok') return;
    const log = this.#part('log');
    const lines = read.body.turns.slice(this.#shown).map((turn) => said(turn, this.#locale));
    if (lines.length === 0) return;
    log.append(...lines);
    this.#shown = read.body.turns.length;
    // The start of what was said to them, which is what to do: a long answer must not scroll it away.
    const newest = lines.at(-1)!;
    log.scrollTop += newest.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
  }

  /** What the newest answer can be tapped on; none of an older one stays. */
  #offer(answer: Answer | undefined): void {
    const group = this.#part('taps');
    const taps = answer ? tapsOf(answer, this.#locale) : [];
    group.replaceChildren(
      ...taps.map(({ label, say }) => {
        const button = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet', textContent: label });
        button.addEventListener('click', () => {
          for (const each of group.querySelectorAll('button')) each.disabled = true;
          void this.#say(say).then((done) => {
            for (const each of group.querySelectorAll('button')) each.disabled = false;
            // The button that had the focus is gone.
            if (done) this.#part('text').focus();
          });
        });
        return button;
      }),
    );
    group.hidden = taps.length === 0;
  }

  #trouble({ kind }: Outcome<unknown>): void {
    if (kind === 'signed-out') this.#needCode(true);
    else if (kind !== 'ok') this.#note(this.#words[kind]);
  }
  #needCode(needed: boolean): void {
    this.#part('code').hidden = !needed;
    for (const part of ['ask', 'person']) this.#part(part).hidden = needed;
    if (needed) this.#offer(undefined);
  }
  #note(text: string | undefined): void {
    this.#part('note').textContent = text ?? '';
  }
  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** A browser may forbid it, in a frame above all: then the code is asked for anew at each visit. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

if (!customElements.get('wayside-panel')) customElements.define('wayside-panel', WaysidePanel);
