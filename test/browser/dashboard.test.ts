import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeAttempt, fakeDiagnosis, fakeFailure, fakeIncident, refuted } from '../report/incidents.js';
import { createTestWorld, type DashboardServer, SECRET, seed, startDashboard } from './dashboard-server.js';
import { sampleIncidents } from './sample-incidents.js';

const CHROMIUM = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'chromium'))
  .find((path) => existsSync(path));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A browser that shares two cores with other tests takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NOW = Date.UTC(2026, 10, 22, 15, 0, 0);
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

describe.skipIf(CHROMIUM === undefined)('the dashboard in a browser', () => {
  let browser: Browser;
  let server: DashboardServer;
  let context: BrowserContext;
  let page: Page;
  let now = NOW;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  });

  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    now = NOW;
    complaints.length = 0;
    const world = createTestWorld({ now: () => now });
    await seed(world, sampleIncidents(NOW));
    const store = await world.store();
    await store.ignore({
      deploymentId: 'dpl_fromcli',
      projectName: 'web',
      reason: 'made-from-cli',
      createdAt: NOW - 3_600_000,
    });
    await store.completeSweep(NOW - 22_000, 'cron');
    server = await startDashboard(world);
    await open({ viewport: DESKTOP });
  });

  afterEach(async () => {
    await context.close();
    await server.close();
  });

  async function open(options: Parameters<Browser['newContext']>[0]): Promise<void> {
    await context?.close();
    context = await browser.newContext(options ?? {});
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      // A page that is not allowed or not found is an error to the console, and no fault of the page.
      if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
        complaints.push(message.text());
    });
  }

  async function signIn(path = '/'): Promise<void> {
    await page.goto(server.origin + path);
    await page.getByLabel('Dashboard secret').fill(SECRET);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  async function findAccessibilityFaults(): Promise<readonly string[]> {
    // By the debugging protocol, which the page's own Content-Security-Policy does not bind.
    await page.evaluate(AXE);
    return await page.evaluate(async () => {
      const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeFault[] }> } }).axe;
      interface AxeFault {
        id: string;
        nodes: { html: string }[];
      }
      const { violations } = await axe.run();
      return violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).join(' | ')}`);
    });
  }

  async function overflowsSideways(): Promise<boolean> {
    return await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
  }

  describe('signing in', () => {
    it('shows nothing before it, refuses a wrong secret, and leads to the page that was asked for', async () => {
      await page.goto(`${server.origin}/incidents/inc_open01`);
      expect(await page.title()).toContain('Sign in');
      expect(await page.content()).not.toContain('storefront');
      await page.getByLabel('Dashboard secret').fill('not-the-secret-at-all');
      await page.getByRole('button', { name: 'Sign in' }).click();
      expect(await page.getByRole('alert').textContent()).toBe('That is not the secret.');
      await page.getByLabel('Dashboard secret').fill(SECRET);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${server.origin}/incidents/inc_open01`);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('storefront, admin');
    });

    it('keeps the cookie from scripts and other sites, and ends with signing out and with time', async () => {
      await signIn();
      const [cookie] = await context.cookies();
      expect(cookie).toMatchObject({ name: 'self-heal', httpOnly: true, sameSite: 'Strict' });
      expect(cookie?.value).not.toContain(SECRET);
      now = NOW + 13 * 3_600_000;
      await page.goto(server.origin);
      expect(await page.title()).toContain('Sign in');
      now = NOW;
      await page.goto(server.origin);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('Dashboard secret').waitFor();
      expect(await context.cookies()).toEqual([]);
    });

    it('is found again by a link on another site, though the strict cookie is not sent with it', async () => {
      await signIn();
      // localhost and 127.0.0.1 are different sites.
      const foreign = server.origin.replace('127.0.0.1', 'localhost');
      await page.route(`${foreign}/elsewhere`, (route) =>
        route.fulfill({ contentType: 'text/html', body: `<a href="${server.origin}/incidents/inc_open01">link</a>` }),
      );
      await page.goto(`${foreign}/elsewhere`);
      await page.getByRole('link', { name: 'link' }).click();
      await page.getByRole('heading', { level: 1, name: /storefront/ }).waitFor();
    });
  });

  describe('the overview', () => {
    it('tells somebody who has just deployed it what happens next', async () => {
      await server.close();
      server = await startDashboard(createTestWorld({ now: () => now, mode: 'repair' }));
      await signIn();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Production is up to date');
      const text = await page.locator('main').textContent();
      expect(text).toContain('This is what happens when something does');
      expect(text).toContain('No sweep has completed yet');
      expect(text).not.toContain('Time to heal');
      expect(await findAccessibilityFaults()).toEqual([]);
    });

    it('tells what fails, what was healed, what it costs and what is left alone', async () => {
      await signIn();
      const text = await page.locator('main').textContent();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(
        /^Production is stale in \d projects$/,
      );
      for (const part of [
        'Failing now',
        'Time to heal',
        'Outcome by class',
        'Limits',
        'Projects',
        'Failed and left alone',
      ])
        expect(text).toContain(part);
      expect(text).toContain('It was deployed from the command line.');
      expect(text).toContain('Last sweep 22 s ago');
      await page.getByText('The same as a table').click();
      expect(await page.getByRole('table').first().isVisible()).toBe(true);
      await page.getByRole('link', { name: 'Older incidents' }).click();
      expect(await page.getByRole('heading', { name: 'Older incidents' }).isVisible()).toBe(true);
    });

    it('is small, complete without script, and needs nothing from elsewhere', async () => {
      const addresses: string[] = [];
      await open({ viewport: DESKTOP, javaScriptEnabled: false });
      page.on('request', (request) => addresses.push(request.url()));
      await signIn();
      expect(Buffer.byteLength(await page.content())).toBeLessThan(100_000);
      expect(await page.locator('main').textContent()).toContain('Failing now');
      expect(addresses.filter((address) => !address.startsWith(server.origin))).toEqual([]);
    });

    it('follows what happens while it is open', async () => {
      await page.clock.install();
      await signIn();
      const store = await server.world.store();
      await store.setPaused(true);
      await page.clock.runFor(11_000);
      await page.getByText('Everything is paused').waitFor();
    });
  });

  describe('an incident', () => {
    it('tells the whole story', async () => {
      await signIn('/incidents/inc_open01');
      const text = await page.locator('main').textContent();
      for (const part of [
        'Preview building',
        'The next look is in 12 s',
        'Attempt 2',
        'gemini-3.8-flash',
        '19,152 tokens',
        'History',
      ])
        expect(text).toContain(part);
      expect(await page.locator('.timeline').textContent()).toMatch(
        /Failed[\s\S]*Detected[\s\S]*Diagnosed[\s\S]*Proposed[\s\S]*Refuted[\s\S]*Attempt 2[\s\S]*ahead/,
      );
      expect(await page.locator('.log mark').allTextContents()).toContainEqual(
        expect.stringContaining('expot default function'),
      );
      expect(await page.locator('del').first().textContent()).toContain('import { tides }');
      expect(await page.locator('ins').first().textContent()).toContain('import { listTides }');
      await page.getByText('The log that refuted it').click();
      expect(await page.getByRole('group', { name: 'Log that refuted attempt 1' }).isVisible()).toBe(true);
      expect(await page.getByRole('link', { name: 'Pull request #212' }).getAttribute('href')).toBe(
        'https://github.com/acme/shop/pull/212',
      );
    });

    it('that does not exist is said so', async () => {
      await signIn();
      const answer = await page.goto(`${server.origin}/incidents/inc_none`);
      expect(answer?.status()).toBe(404);
      expect(await page.locator('main').textContent()).toContain('There is no such incident');
    });

    it('shows hostile text as text', async () => {
      const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>"\'`{{7*7}}\u202Egnp.exe\u001B[31m';
      const patch = {
        ...fakeAttempt().patch,
        cause: hostile,
        change: `\`${hostile}\``,
        origin: [hostile],
        edits: [
          { kind: 'replace' as const, path: hostile, search: hostile, replace: `${hostile}!` },
          { kind: 'create' as const, path: 'b.ts', content: hostile },
        ],
      };
      const incident = fakeIncident('refuted', {
        id: 'inc_hostile',
        repository: { id: 1, owner: hostile, name: hostile },
        branch: hostile,
        failures: [
          fakeFailure({
            projectName: hostile,
            rootDirectory: hostile,
            commitMessage: hostile,
            author: hostile,
            inspectorUrl: 'javascript:alert(3)',
          }),
        ],
        diagnosis: fakeDiagnosis({
          summary: hostile,
          remedy: hostile,
          excerpt: hostile,
          errors: [{ tool: 'next', kind: 'type', message: hostile, file: hostile, code: hostile }],
          evidence: [{ fact: hostile, from: 'log' }],
        }),
        attempts: [refuted(fakeAttempt({ patch }))],
        pullRequest: { number: 1, url: 'javascript:alert(4)', openedAt: NOW },
        dueAt: NOW + 60_000,
      });
      await seed(server.world, [incident]);
      await signIn('/incidents/inc_hostile');
      for (const path of ['/incidents/inc_hostile', '/', '/actions/mute?incident=inc_hostile']) {
        await page.goto(server.origin + path);
        expect(await page.locator('main').textContent(), path).toContain('<script>alert(2)</script>');
        expect(await page.locator('main img, main script, [href^="javascript"]').count(), path).toBe(0);
        expect(await page.content(), path).not.toMatch(/\u202E|\u001B/);
      }
      expect(complaints).toEqual([]);
    });
  });

  describe('an action', () => {
    it('is confirmed, done, told, and recorded', async () => {
      await signIn('/incidents/inc_open01');
      await page.getByRole('link', { name: 'Give up' }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Give up on this incident?');
      await page.getByRole('link', { name: 'Cancel' }).click();
      const store = await server.world.store();
      expect((await store.find('inc_open01'))?.status).toBe('proposed');

      await page.getByRole('link', { name: 'Give up' }).click();
      await page.getByRole('button', { name: 'Give up' }).click();
      expect(await page.getByRole('status').textContent()).toBe('Nothing more is done about this incident.');
      expect(await store.find('inc_open01')).toMatchObject({ status: 'escalated', reason: 'given-up' });

      await page.getByRole('link', { name: 'Try again' }).click();
      await page.getByRole('button', { name: 'Try again' }).click();
      expect((await store.find('inc_open01'))?.status).toBe('proposed');
      const events = (await store.readHistory('inc_open01')).map((entry) => entry.event);
      expect(events).toEqual(['detected', 'escalated', 'asked-again']);
    });

    it('pauses and resumes everything, mutes and unmutes a failure', async () => {
      await signIn();
      const store = await server.world.store();
      await page.getByRole('link', { name: 'Pause everything' }).click();
      await page.getByRole('button', { name: 'Pause everything' }).click();
      expect((await store.readPulse()).pausedSince).toBe(NOW);
      await page.getByRole('link', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Resume' }).click();
      expect((await store.readPulse()).pausedSince).toBeUndefined();

      await page.goto(`${server.origin}/incidents/inc_open02`);
      await page.getByRole('link', { name: 'Mute this failure' }).click();
      await page.getByRole('button', { name: 'Mute' }).click();
      expect(await store.isMuted(100, '0123456789abcdef')).toBe(true);
      await page.getByRole('link', { name: 'Unmute this failure' }).click();
      await page.getByRole('button', { name: 'Unmute' }).click();
      expect(await store.isMuted(100, '0123456789abcdef')).toBe(false);
    });

    it('sweeps on demand and shows what it found', async () => {
      await signIn();
      await page.getByRole('link', { name: 'Sweep now' }).click();
      await page.getByRole('button', { name: 'Sweep now' }).click();
      expect(await page.getByText('Observing only').isVisible()).toBe(true);
      expect(await page.title()).toContain('Sweep');
    });

    it('cannot be made by another site', async () => {
      await signIn();
      const foreign = server.origin.replace('127.0.0.1', 'localhost');
      await page.route(`${foreign}/elsewhere`, (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<form method="post" action="${server.origin}/actions/pause"><input name="token" value="x"><button>go</button></form>`,
        }),
      );
      await page.goto(`${foreign}/elsewhere`);
      await page.getByRole('button', { name: 'go' }).click();
      await page.waitForURL(`${server.origin}/actions/pause`);
      const store = await server.world.store();
      expect((await store.readPulse()).pausedSince).toBeUndefined();
    });
  });

  describe('for everybody', () => {
    const pages = [
      '/',
      '/doctor',
      '/settings',
      '/incidents/inc_open01',
      '/incidents/inc_open02',
      '/actions/give-up?incident=inc_open01',
      '/incidents/inc_none',
    ];

    it.each([
      ['a light desktop', { viewport: DESKTOP, colorScheme: 'light' }],
      ['a dark desktop', { viewport: DESKTOP, colorScheme: 'dark' }],
      ['a light phone', { viewport: PHONE, colorScheme: 'light' }],
      ['a dark phone', { viewport: PHONE, colorScheme: 'dark' }],
    ] as const)(
      'has no accessibility fault and fits on %s',
      async (_, options) => {
        await open({ ...options });
        await page.goto(`${server.origin}/sign-in`);
        expect(await findAccessibilityFaults()).toEqual([]);
        await signIn();
        for (const path of pages) {
          await page.goto(server.origin + path);
          expect(await findAccessibilityFaults(), path).toEqual([]);
          expect(await overflowsSideways(), path).toBe(false);
        }
        expect(complaints).toEqual([]);
      },
      60_000,
    );

    it('follows the system from light to dark', async () => {
      await signIn();
      const background = 'getComputedStyle(document.body).backgroundColor';
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await page.evaluate(background);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await page.evaluate(background)).not.toBe(light);
    });

    it('is worked by keyboard alone', async () => {
      await page.goto(`${server.origin}/sign-in`);
      // Browsers focus what asks for it with the first frame, which may come after the page has loaded.
      await page.waitForFunction('document.activeElement?.tagName === "INPUT"');
      await page.keyboard.type(SECRET);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
      await page.keyboard.press('Enter');
      await press('Tab', (focused) => focused === 'Pause everything');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/actions/pause');
      await press('Tab', (focused) => focused === 'Pause everything');
      await page.keyboard.press('Enter');
      await page.getByRole('status').waitFor();
      const store = await server.world.store();
      expect((await store.readPulse()).pausedSince).toBe(NOW);
    });

    async function press(key: string, isThere: (focused: string) => boolean): Promise<void> {
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press(key);
        const focused = String(await page.evaluate('document.activeElement.textContent'));
        if (isThere(focused.trim())) return;
      }
      throw new Error(`${key} never got there`);
    }
  });
});
