// The page at `/` in headless Chromium that reaches nothing but loopback: sign in, run a query, read the documentation.
// CONFORMANCE_SCREENSHOTS names a folder for pictures of it.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { sharedServer, work } from '../support/work.js';

const pictures = process.env.CONFORMANCE_SCREENSHOTS ?? join(work, 'screenshots');

let url;
let browser;
let page;
const asked = [];
const complaints = [];
before(async () => {
  url = await sharedServer();
  mkdirSync(pictures, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // No name is known but loopback's, and no address is reached but by name.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
});
after(() => browser?.close());

test('signs a person in', async () => {
  await page.goto(url);
  await page.locator('input[name=login]').fill('admin.demo');
  await page.locator('input[name=password]').fill('demo-Pass-2026');
  await page.locator('form button[type=submit]').first().click();
  await page.locator('.graphiql-container').waitFor({ timeout: 30_000 });
});

test('runs a query and shows the answer', async () => {
  const editor = page.locator('.graphiql-query-editor .monaco-editor').first();
  await editor.waitFor({ timeout: 30_000 });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('query Conformance { viewer { login kind } tickets(first: 1) { totalCount } }');
  // What is typed becomes the query a little later.
  await editor.getByText('Conformance').first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(2_000);
  await page.locator('.graphiql-execute-button').click();
  const answer = page.locator('.graphiql-response');
  await answer.getByText('"admin.demo"').waitFor({ timeout: 30_000 });
  assert.match((await answer.innerText()).replaceAll('\u00a0', ' '), /"totalCount": \d+/);
  await page.screenshot({ path: join(pictures, 'answer.png') });
});

test('opens the documentation and reads about a type', async () => {
  await page.getByRole('button', { name: /documentation explorer/i }).click();
  const docs = page.locator('.graphiql-doc-explorer');
  await docs.getByRole('link', { name: 'Query', exact: true }).first().click();
  await docs.getByText('tickets', { exact: true }).first().waitFor({ timeout: 30_000 });
  await docs.getByText('tickets', { exact: true }).first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, 'docs.png') });
  await docs.getByRole('link', { name: 'TicketConnection', exact: true }).first().click();
  await docs.getByText('totalCount', { exact: true }).waitFor();
  await page.screenshot({ path: join(pictures, 'type.png') });
});

test('asked nothing but the server, and had nothing to complain about', () => {
  const local = new URL(url).host;
  const foreign = asked.filter((one) => !/^(data|blob):/.test(one) && new URL(one).host !== local);
  assert.ok(asked.length > 5);
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);
});
