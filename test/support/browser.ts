import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';

/**
 * Flags of the package that are made for one short page and not for a test: with the first two, closing one context ends the whole
 * browser; without web security, a page could do what no visitor's browser lets it do.
 */
const unwanted = ['--single-process', '--no-zygote', '--disable-web-security', '--allow-running-insecure-content'];

// No emulated graphics card: no page of ours is in three dimensions, and such a card drew every frame of them at half of all that a browser costs.
chromium.setGraphicsMode = false;

/** A microphone without anybody at it (`browser-sound.ts`), or one that plays a file over and over; else the package's flags leave the browser deaf and mute. */
const hearing = (file: true | string) => [
  ...['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  ...(file === true ? [] : [`--use-file-for-fake-audio-capture=${file}`]),
];
const mute = ['--mute-audio', '--disable-audio-output'];

/**
 * A real Chromium that comes with an npm package: no system browser is needed.
 * @param microphone whether it has a microphone and a loudspeaker; a WAV file is what is heard from when a page opens the microphone, again and again
 */
export async function launchBrowser({ microphone = false }: { microphone?: boolean | string } = {}): Promise<Browser> {
  const flags = chromium.args.filter((flag) => !unwanted.includes(flag) && !(microphone && mute.includes(flag)));
  return driver.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...flags,
      ...['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--autoplay-policy=no-user-gesture-required'],
      ...(microphone ? hearing(microphone) : []),
    ],
    headless: true,
  });
}

export const sizes = {
  phone: { width: 390, height: 844 },
  kiosk: { width: 1280, height: 720 },
  desktop: { width: 1440, height: 900 },
} as const;

export type PageOptions = {
  size?: keyof typeof sizes;
  locale?: string;
  dark?: boolean;
  /** Where its clock is, by IANA name. */
  zone?: string;
};

/** A page, alone in its browser profile, that remembers what its console complained about. */
export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: sizes[options.size ?? 'desktop'],
    locale: options.locale ?? 'en-GB',
    colorScheme: options.dark ? 'dark' : 'light',
    ...(options.zone ? { timezoneId: options.zone } : {}),
  });
  // Shorter than a test's patience, so that what fails says which part of the page was waited for.
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url);
  return { page, complaints };
}

/** Keeps a picture where `WAYSIDE_SHOTS` says, for the documents and for looking at. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.WAYSIDE_SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
