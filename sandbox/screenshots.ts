/** `npm run screenshots`: the pictures in the README, taken while a broken commit heals in the sandbox. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = join(ROOT, 'docs/images');
const THEMES = ['light', 'dark'] as const;
const WIDTH = 1_080;
const PATIENCE_MS = 15 * 60_000;

interface Shot {
  readonly name: string;
  readonly address: string;
  readonly height: number;
}

async function run(): Promise<void> {
  const executablePath = findBrowser();
  const story = startStory();
  let browser: Browser | undefined;
  try {
    const [, dashboard = '', secret = ''] = await story.until(/Dashboard\s+(\S+)\s+sign in with (\S+)/);
    const [, pull = ''] = await story.until(/it is your turn: merge the pull request at (\S+)/);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    const contexts = await signIn(browser, dashboard, secret);
    await take(contexts, { name: 'dashboard', address: dashboard, height: 720 });
    await take(contexts, { name: 'pull-request', address: pull, height: 1_150 });

    const [page] = contexts[0]?.context.pages() ?? [];
    await page?.goto(pull);
    await page?.getByRole('button', { name: 'Merge pull request' }).click();
    await story.until(/Everything stays up/);
    await page?.goto(dashboard);
    const incident = await page?.locator('a[href^="/incidents/"]').first().getAttribute('href');
    await take(contexts, { name: 'incident', address: `${dashboard}${incident ?? ''}`, height: 1_050 });
  } finally {
    await browser?.close();
    await story.end();
  }
}

interface Themed {
  readonly theme: (typeof THEMES)[number];
  readonly context: BrowserContext;
}

async function signIn(browser: Browser, dashboard: string, secret: string): Promise<readonly Themed[]> {
  const contexts: Themed[] = [];
  for (const theme of THEMES) {
    const viewport = { width: WIDTH, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme: theme, deviceScaleFactor: 1.4 });
    const page = await context.newPage();
    await page.goto(dashboard);
    await page.getByLabel('Dashboard secret').fill(secret);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    contexts.push({ theme, context });
  }
  return contexts;
}

async function take(contexts: readonly Themed[], { name, address, height }: Shot): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const { theme, context } of contexts) {
    const [page] = context.pages();
    if (page === undefined) continue;
    await page.goto(address);
    const full = Number(await page.evaluate('document.documentElement.scrollHeight'));
    await page.setViewportSize({ width: WIDTH, height: Math.min(full, height) });
    const path = join(FOLDER, `${name}-${theme}.png`);
    await page.screenshot({ path });
    console.log(`${path.slice(ROOT.length)}  ${Math.round((await stat(path)).size / 1_000)} kB`);
  }
}

/** The sandbox as a process of its own, and what it tells. */
function startStory() {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'sandbox/start.ts'), '--port', '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    told.push(line);
    console.log(line);
  });
  return {
    /** Waits until the sandbox has told something like it. */
    async until(pattern: RegExp): Promise<RegExpExecArray> {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const found = told.map((line) => pattern.exec(line)).find((match) => match !== null);
        if (found) return found;
        if (child.exitCode !== null) throw new Error('The sandbox ended before its story did.');
        if (Date.now() > deadline) throw new Error(`The sandbox never told ${pattern}.`);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    },
    async end(): Promise<void> {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
  };
}

function findBrowser(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (found === undefined) throw new Error('No Chromium is on the PATH; the pictures are taken with it.');
  return found;
}

await run();
