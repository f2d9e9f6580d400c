import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CRM_ORIGIN, openPortalLab, sharePortalLab } from '../../test/portal-lab.ts';

const PAGES = [
  '/',
  '/sign-in?request=abc',
  '/sign-out',
  '/signed-out',
  '/refused?decision=1',
  '/certificate',
  '/instructions/windows',
  '/instructions/macos',
  '/instructions/linux',
  '/instructions/ios',
  '/instructions/android',
  '/instructions?browser=edge',
];

const shared = sharePortalLab();

describe('the pages', () => {
  test.each(PAGES)('%s is the one document, with a nonce of its own', async (path) => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.get(path, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    const nonces = [...answer.text.matchAll(/(?:content|nonce)="([^"]+)"/g)].map(([, nonce]) => nonce);
    const [nonce] = nonces;
    expect(nonces).toEqual([nonce, nonce]);
    expect(Buffer.from(nonce ?? '', 'base64')).toHaveLength(16);
    const policy = new Map(
      (answer.headers['content-security-policy'] ?? '').split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    const applications = `${CRM_ORIGIN} https://wiki.propusk.localhost:8443 https://docs.propusk.localhost:8443`;
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': `'self' 'nonce-${nonce}'`,
      'font-src': "'self'",
      'img-src': "'self'",
      'connect-src': `'self' ${applications}`,
      'form-action': `'self' ${applications}`,
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  test('have another nonce each time', async () => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const policies = await Promise.all([browser.get('/'), browser.get('/'), browser.get('/')]);
    expect(new Set(policies.map(({ headers }) => headers['content-security-policy'])).size).toBe(3);
  });

  test.each([
    '/nothing',
    '/.propusk/callback',
    '/pki/x.crl',
    '/index.html',
    '/sign-in/',
    '/%2e%2e/etc/passwd',
  ])('%s is no page of ours: the document with status 404', async (path) => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.get(path);
    expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({
      status: 404,
      type: 'text/html; charset=utf-8',
    });
  });

  test.each(['/api', '/api/', '/api/nothing', '/api/certificate/', '/api/session/x'])(
    '%s is a problem, not a page',
    async (path) => {
      const lab = shared();
      const browser = await lab.openBrowser();
      const answer = await browser.get(path);
      expect({ status: answer.status, code: answer.json().code }).toEqual({ status: 404, code: 'not-found' });
      expect(answer.headers).toMatchObject({
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
    },
  );

  test('take nothing but reading', async () => {
    const lab = shared();
    const browser = await lab.openBrowser();
    expect((await browser.post('/')).json().code).toBe('method-not-allowed');
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
      const response = await lab.portal.app.inject({ method, url: '/api/session' });
      expect(response.statusCode).toBe(403);
      expect(response.headers['access-control-allow-origin']).toBeUndefined();
    }
    const head = await lab.portal.app.inject({ method: 'HEAD', url: '/' });
    expect({ status: head.statusCode, body: head.payload }).toEqual({ status: 200, body: '' });
  });

  test('answer a broken path without repeating it', async () => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.get('/%E0%A4%A<script>');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('script>');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test('that are not built are a clear text, and are found once they are', async () => {
    const lab = await openPortalLab({ pages: 'missing' });
    const browser = await lab.openBrowser();
    const answer = await browser.get('/sign-in');
    expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({
      status: 503,
      type: 'text/plain; charset=utf-8',
    });
    expect(answer.text).toContain('npm run build:web');
    expect((await browser.get('/assets/portal-abc123.js')).status).toBe(404);
    await mkdir(join(lab.webDirectory, 'portal'));
    await writeFile(join(lab.webDirectory, 'portal', 'index.html'), '<!doctype html>');
    expect((await browser.get('/sign-in')).status).toBe(200);
  });
});

describe('the assets', () => {
  test('are kept for a year, and compressed as the browser asks', async () => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const path = '/assets/portal-abc123.js';
    const plain = await browser.get(path, { 'accept-encoding': null });
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const brotli = await browser.get(path, { 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.bytes).toString()).toBe(plain.text);
    expect(brotli.bytes.length).toBeLessThan(plain.bytes.length / 10);
    const gzip = await browser.get(path, { 'accept-encoding': 'br;q=0, gzip' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.bytes).toString()).toBe(plain.text);
    expect(
      (await browser.get(path, { 'accept-encoding': 'brotli-like' })).headers['content-encoding'],
    ).toBeUndefined();
  });

  test('that are compressed already are sent as they are', async () => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.get('/assets/golos-abc123.woff2', { 'accept-encoding': 'br, gzip' });
    expect(answer.headers['content-type']).toBe('font/woff2');
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.bytes).toEqual(Buffer.from('wOF2'));
  });

  test.each([
    '/assets/missing.js',
    '/assets/notes.txt',
    '/assets/',
    '/assets/../portal/index.html',
    '/assets/..%2fportal%2findex.html',
    '/assets/%2e%2e%2fportal%2findex.html',
    '/assets/portal-abc123.js/x',
    '/assets/constructor',
  ])('%s is not there', async (path) => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});
