import { existsSync, globSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type DefaultTheme, defineConfig, type MarkdownOptions } from 'vitepress';

const root = resolve(import.meta.dirname, '../../..');

/** Where a page of the repository lies on the site. */
const placeOf = (file: string) => `/${relative(root, file).replace(/^docs\//, '')}`;

/**
 * Links as they are in the repository, so that they are good there, too: each is told from the place of its file. One that leads to what is no page of the site
 * (a source, the licence) becomes plain text.
 */
const links: MarkdownOptions['config'] = (md) => {
  md.core.ruler.push('wayside-links', ({ tokens, env }) => {
    for (const { children } of tokens) {
      const opened: boolean[] = [];
      for (const token of children ?? []) {
        if (token.type === 'link_close' && opened.pop()) token.tag = 'span';
        if (token.type !== 'link_open') continue;
        const [path = '', anchor] = (token.attrGet('href') ?? '').split('#');
        const ours = path !== '' && !/^([a-z]+:|\/)/.test(path);
        // `path` is where a page is rewritten to, `realPath` where it lies.
        const file = resolve(dirname(env.realPath ?? env.path), path);
        if (ours && !existsSync(file)) throw new Error(`${env.relativePath} links to ${path}, and there is no ${file}`);
        const leaves = ours && !(path.endsWith('.md') && isPage(relative(root, file)));
        opened.push(leaves);
        if (leaves) Object.assign(token, { tag: 'span', attrs: null });
        else if (ours) token.attrSet('href', `${placeOf(file)}${anchor ? `#${anchor}` : ''}`);
      }
    }
  });
};
/** A diagram goes to the page as its text, which the theme draws. */
const diagrams: MarkdownOptions['config'] = (md) => {
  const fence = md.renderer.rules.fence!;
  md.renderer.rules.fence = (tokens, at, ...rest) =>
    tokens[at]!.info === 'mermaid'
      ? `<pre v-pre class="mermaid">${md.utils.escapeHtml(tokens[at]!.content)}</pre>`
      : fence(tokens, at, ...rest);
};
const isPage = (path: string) =>
  /^(docs\/(?!site\/)|CONTRIBUTING\.md$|GLOSSARY\.md$|models\/README\.md$|devices\/sdk[\w-]*\/README\.md$)/.test(path);

const words = {
  en: {
    start: 'Start',
    howTo: 'How to',
    reference: 'Reference',
    explanation: 'Explanation',
    tutorial: 'Five minutes',
    settings: 'Settings of edge and hub',
    limits: 'What one device may do',
    cues: 'What is heard in a sentence',
    conformance: 'Conformance',
    packs: 'Packs and the code',
    glossary: 'Glossary',
    how: 'How it works',
    apart: 'Pulled apart by hand',
    privacy: 'What leaves, what stays',
    handoff: 'Handoff',
    record: 'Record',
    voice: 'Voice',
    reliability: 'Reliability',
    decisions: 'Decisions',
    figures: 'Figures',
  },
  zh: {
    start: '入门',
    howTo: '操作指南',
    reference: '参考',
    explanation: '背景',
    tutorial: '五分钟上手',
    settings: '全部设置',
    limits: '单台设备的限制',
    cues: '从句子里听出的小词',
    conformance: '一致性测试',
    packs: '编写知识包',
    glossary: '术语表',
    how: '工作原理',
    apart: '亲手拆一遍',
    privacy: '什么会离开，留存多久',
    handoff: '转给真人',
    record: '防篡改记录',
    voice: '语音',
    reliability: '可靠性',
    decisions: '决策',
    figures: '测得的数据',
  },
};
const howTos = {
  'work-the-desk': ['Work the desk', '技术员工作台'],
  'deploy-an-edge': ['Put an edge on a machine', '部署边缘端'],
  'join-a-broker': ['Join a broker', '接入 MQTT 代理'],
  'read-a-plant': ['Read a plant (Sparkplug B)', '读取工厂（Sparkplug B）'],
  'read-a-controller': ['Read a controller (Modbus)', '读取控制器（Modbus）'],
  'read-a-vehicle': ['Read a vehicle (VISS)', '读取车辆（VISS）'],
  'home-assistant': ['Home Assistant', 'Home Assistant'],
  'connect-a-desk': ['Connect a desk', '接入工作台'],
  'run-a-hub': ['Run a hub', '运行服务中心'],
  'sign-in': ['Who may sign in', '登录与权限'],
  'sign-updates': ['Sign updates', '签署更新'],
  'panel-on-your-page': ['On a page of your own', '放进自己的网页'],
} as const;

const areas = {
  support: ['Does it help?', '它真的有帮助吗？'],
  understanding: ['Understanding people', '听懂人话'],
  diagnosis: ['Diagnosis', '找出毛病'],
  voice: ['Voice', '语音'],
  turns: ['Turns, search, a person', '要等多久'],
  edge: ['The edge as a process', '边缘端进程'],
  devices: ['Devices and telemetry', '设备与遥测'],
  hub: ['The hub', '服务中心'],
} as const;

const proofs = {
  delivery: ['What was said arrives', '说过的话会送到'],
  storage: ['What was stored stays', '存下的内容不会丢'],
  commands: ['Nothing without a reason', '没有依据，不动不说'],
  records: ['The record is as it was made', '记录就是当时的记录'],
  input: ['Bad input harms nobody', '坏数据伤不到任何人'],
  drills: ['Drills', '演练'],
} as const;

/** The pages that are there in Chinese, by address. */
const chinese = globSync('zh/**/*.md', { cwd: join(root, 'docs') }).map((page) => `/${page.replace(/(index)?\.md$/, '')}`);

function sidebar(locale: 'en' | 'zh'): DefaultTheme.SidebarItem[] {
  const [w, at] = locale === 'en' ? [words.en, 0] : [words.zh, 1];
  // A page that is not there in Chinese is read in English.
  const place = (link: string) => (locale === 'zh' && chinese.includes(`/zh${link}`) ? `/zh${link}` : link);
  const items = (list: [text: string, link: string][]) => list.map(([text, link]) => ({ text, link: place(link) }));
  const titled = (pages: Record<string, readonly [en: string, zh: string]>, folder: string) =>
    items(Object.entries(pages).map(([page, titles]) => [titles[at]!, `${folder}/${page}`]));
  return [
    { text: w.start, items: items([[w.tutorial, '/tutorial']]) },
    { text: w.howTo, items: titled(howTos, '/how-to') },
    {
      text: w.reference,
      items: items([
        ['@wayside/device-sdk', '/reference/sdk/'],
        ['Python SDK', '/devices/sdk-python/README'],
        ['C / C++ SDK', '/devices/sdk-c/README'],
        [w.settings, '/reference/settings'],
        [w.limits, '/reference/limits'],
        [w.cues, '/reference/cues'],
        [w.conformance, '/conformance'],
        [w.packs, '/CONTRIBUTING'],
        [w.glossary, '/GLOSSARY'],
      ]),
    },
    {
      text: w.explanation,
      items: items([
        [w.how, '/explanation/how-it-works'],
        [w.apart, '/explanation/pulled-apart'],
        [w.privacy, '/explanation/privacy'],
        [w.handoff, '/handoff'],
        [w.record, '/record'],
        [w.voice, '/voice'],
        [w.decisions, '/decisions/'],
      ]),
    },
    { text: w.reliability, link: place('/reliability'), collapsed: true, items: titled(proofs, '/reliability') },
    {
      text: w.figures,
      link: place('/benchmarks'),
      collapsed: true,
      items: titled(areas, '/benchmarks'),
    },
  ];
}

const nav = (locale: 'en' | 'zh'): DefaultTheme.NavItem[] => {
  const base = locale === 'en' ? '' : '/zh';
  const { tutorial, howTo, figures } = words[locale];
  return [
    { text: tutorial, link: `${base}/tutorial` },
    { text: howTo, link: `${base}/how-to/` },
    { text: figures, link: `${base}/benchmarks` },
  ];
};

/** Words of both languages: Chinese has no spaces between them. Written out for the browser, so it names nothing outside itself. */
const tokenize = (text: string): string[] =>
  [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);

export default defineConfig({
  title: 'Wayside',
  description: 'A support agent that lives beside the machine it supports',
  srcDir: root,
  srcExclude: [
    '**/node_modules/**',
    'README.md',
    'README.zh.md',
    'docs/site/**',
    ...['test', 'cloud', 'edge', 'cli', 'web', 'record', 'sqlite'].map((folder) => `${folder}/**`),
    'devices/{packs,create,protocol,simulators}/**',
    'models/{training,bench,src}/**',
    '.github/**',
  ],
  outDir: resolve(import.meta.dirname, '../dist'),
  cacheDir: resolve(import.meta.dirname, '../node_modules/.vitepress'),
  rewrites: { 'docs/:path(.*)': ':path' },
  // An address of a server on one's own machine, as settings name it, is no link.
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    config: (md) => {
      links(md);
      diagrams(md);
    },
  },
  vite: {
    publicDir: join(root, 'docs/images'),
    // For the theme: where the switch of languages may lead.
    define: {
      chinese: JSON.stringify(chinese),
    },
  },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { nav: nav('en'), sidebar: sidebar('en') } },
    zh: {
      label: '中文',
      lang: 'zh-CN',
      description: '守在机器身边的支持助手',
      themeConfig: {
        nav: nav('zh'),
        sidebar: sidebar('zh'),
        outline: { label: '本页内容' },
        docFooter: { prev: '上一页', next: '下一页' },
        returnToTopLabel: '回到顶部',
        sidebarMenuLabel: '菜单',
        darkModeSwitchLabel: '深色模式',
        lightModeSwitchTitle: '切换到浅色模式',
        darkModeSwitchTitle: '切换到深色模式',
        langMenuLabel: '切换语言',
        skipToContentLabel: '跳到正文',
        notFound: { title: '没有这一页', quote: '链接可能已经变了。', linkText: '回到首页', linkLabel: '回到首页' },
      },
    },
  },
  head: [['link', { rel: 'icon', href: '/mark.svg' }]],
  themeConfig: {
    logo: '/mark.svg',
    search: {
      provider: 'local',
      options: {
        miniSearch: { options: { tokenize } },
        locales: {
          zh: {
            translations: {
              button: { buttonText: '搜索' },
              modal: { noResultsText: '没有找到', footer: { selectText: '选择', navigateText: '切换', closeText: '关闭' } },
            },
          },
        },
      },
    },
  },
});
