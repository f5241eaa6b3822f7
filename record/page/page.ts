import { createBytesVerifier } from '../src/bytes-verifier.ts';
import { portablePrimitives } from '../src/portable-primitives.ts';
import type { Trust, Verdict } from '../src/verdict.ts';
import { type Language, saySeen, sayVerdict } from '../src/words.ts';
import { type Line, readLines } from './read-lines.ts';

/** Checks a record in the browser, from a disk as well as from a server. Nothing leaves the page. */
const words = {
  en: {
    title: 'Verify a record',
    language: '中文',
    intro: 'Choose the file of a conversation (it ends in .jsonl). It is checked here, in this page; nothing is sent anywhere.',
    choose: 'Choose a file, or drop it here',
    more: 'What you know from elsewhere',
    code: 'The text of the QR code that was shown at the end of the conversation',
    hub: 'The hub’s key',
    operator: 'A key of its operator, where its log was begun anew',
    checking: 'Checking …',
    erased: '(erased)',
    limits:
      'A file that is whole was not changed since the edge sealed it. Whether the edge was honest when it wrote, no file can prove; that the file belongs to your conversation, only the QR code does.',
  },
  zh: {
    title: '核对记录',
    language: 'English',
    intro: '请选择一段对话的记录文件（以 .jsonl 结尾）。核对就在本页进行，不会发送任何内容。',
    choose: '选择文件，或拖放到此处',
    more: '您从别处得知的信息',
    code: '对话结束时所示二维码中的文字',
    hub: '中心的公钥',
    operator: '运营方的公钥（中心日志曾重新开始时需要）',
    checking: '正在核对……',
    erased: '（已删除）',
    limits: '文件完好，说明自设备封签以来没有改动。设备写入时是否如实，文件本身无法证明；文件是否属于您的那段对话，只有二维码能证明。',
  },
} as const;

let language: Language = navigator.language.startsWith('zh') ? 'zh' : 'en';
let chosen: File | undefined;
const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

function drawWords(): void {
  const say = words[language];
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `Wayside: ${say.title}`;
  for (const id of ['title', 'language', 'intro', 'choose', 'more', 'limits'] as const) byId(id).textContent = say[id];
  byId('code-label').textContent = say.code;
  byId('hub-label').textContent = say.hub;
  byId('operator-label').textContent = say.operator;
}

function trust(): Trust {
  const code = byId<HTMLTextAreaElement>('code').value.trim().split(' ');
  const [hub, operator] = ['hub', 'operator'].map((id) => byId<HTMLInputElement>(id).value.trim());
  return {
    ...(code.length === 6 ? { head: code[4] as string, edgeKey: code[5] as string } : {}),
    ...(hub ? { hub } : {}),
    ...(operator ? { operator } : {}),
  };
}

async function check(): Promise<void> {
  if (!chosen) return;
  const card = byId('verdict');
  card.hidden = false;
  card.className = '';
  card.textContent = words[language].checking;
  const verifier = createBytesVerifier(portablePrimitives, trust());
  const size = 1 << 18;
  for (let at = 0; at < chosen.size; at += size) {
    if (!verifier.bytes(new Uint8Array(await chosen.slice(at, at + size).arrayBuffer()))) break;
    await new Promise((resolve) => setTimeout(resolve));
  }
  drawVerdict(card, verifier.end());
  drawEntries(await readLines(chosen));
}

function drawVerdict(card: HTMLElement, verdict: Verdict): void {
  card.className = verdict.ok ? 'good' : 'bad';
  const title = element('h2', sayVerdict(verdict, language));
  const list = document.createElement('ul');
  list.append(...saySeen(verdict.seen, language).map((line) => element('li', line)));
  card.replaceChildren(title, list);
}

function drawEntries(lines: Line[]): void {
  const list = byId('entries');
  list.hidden = lines.length === 0;
  list.replaceChildren(
    ...lines.map(({ n, at, kind, text }) => {
      const item = element('li', '');
      item.className = 'entry';
      item.append(
        element('small', `${n} · ${new Date(at).toLocaleString(document.documentElement.lang)} · ${kind}`),
        element('div', text ?? words[language].erased),
      );
      return item;
    }),
  );
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

drawWords();
byId('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  drawWords();
  void check();
});
byId('file').addEventListener('change', (event) => {
  chosen = (event.target as HTMLInputElement).files?.[0];
  void check();
});
for (const id of ['code', 'hub', 'operator']) byId(id).addEventListener('change', () => void check());
const drop = byId('drop');
for (const [name, over] of [
  ['dragover', true],
  ['dragleave', false],
  ['drop', false],
] as const)
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', over);
    const dropped = (event as DragEvent).dataTransfer?.files[0];
    if (name === 'drop' && dropped) {
      chosen = dropped;
      void check();
    }
  });
