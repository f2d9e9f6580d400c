import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPortalLab } from '../../test/portal-lab.ts';

const PDF = '%PDF-1.7 for Windows';

async function openLab() {
  const lab = await openPortalLab({});
  const folder = join(lab.webDirectory, 'instructions');
  await mkdir(folder);
  await writeFile(join(folder, 'propusk-windows-ru.pdf'), PDF);
  await writeFile(join(folder, 'secret.txt'), 'not an instruction');
  return lab;
}

describe('the instructions as PDF', () => {
  test('are saved under their own name, by people who have not signed in, and come from the cache when unchanged', async () => {
    const lab = await openLab();
    const browser = await lab.openBrowser();
    const answer = await browser.get('/instructions/propusk-windows-ru.pdf', { 'sec-fetch-site': 'none' });
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: PDF });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringContaining('attachment; filename="propusk-windows-ru.pdf"'),
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    const again = await browser.get('/instructions/propusk-windows-ru.pdf', {
      'if-none-match': String(answer.headers.etag),
    });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
    const changed = await browser.get('/instructions/propusk-windows-ru.pdf', { 'if-none-match': '"other"' });
    expect(changed.status).toBe(200);
  });

  test.each([
    '/instructions/propusk-beos-ru.pdf',
    '/instructions/secret.txt.pdf',
    '/instructions/..%2fportal%2findex.html.pdf',
    '/instructions/.pdf',
  ])('%s is not there', async (path) => {
    const lab = await openLab();
    const browser = await lab.openBrowser();
    expect((await browser.get(path)).status).toBe(404);
  });

  test('do not hide the pages of the same place', async () => {
    const lab = await openLab();
    const browser = await lab.openBrowser();
    for (const page of ['/instructions', '/instructions/windows', '/instructions/ios?browser=safari']) {
      const answer = await browser.get(page);
      expect([page, answer.status, answer.headers['content-type']]).toEqual([
        page,
        200,
        'text/html; charset=utf-8',
      ]);
    }
    expect((await browser.get('/instructions/secret.txt')).status).toBe(404);
  });
});
