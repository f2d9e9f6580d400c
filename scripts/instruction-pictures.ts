/**
 * Makes the pictures of the instructions anew, in Russian and English, into web/portal/instructions/pictures: drawings of
 * windows that Linux does not have, pages of this product, windows of real browsers.
 *
 *     node scripts/instruction-pictures.ts [drawings] [product] [chromium] [firefox]
 *
 * Needs what the tests with real browsers need, `npm run build`, and Debian's pngquant, chromium-l10n, firefox-esr-l10n-ru.
 */
import { resolve } from 'node:path';
import { savePictures } from './instruction-pictures/save-picture.ts';
import { takeChromium } from './instruction-pictures/take-chromium.ts';
import { takeFirefox } from './instruction-pictures/take-firefox.ts';
import { takeProduct } from './instruction-pictures/take-product.ts';
import { PICTURE_LOCALES, writeDrawings } from './instruction-pictures/write-drawings.ts';

const folder = resolve(import.meta.dirname, '../web/portal/instructions/pictures');
const KINDS = ['drawings', 'product', 'chromium', 'firefox'];
const asked = process.argv.slice(2);
const unknown = asked.filter((kind) => !KINDS.includes(kind));
if (unknown.length > 0) throw new TypeError(`unknown: ${unknown.join(', ')}; known: ${KINDS.join(', ')}`);
const wants = (kind: string) => asked.length === 0 || asked.includes(kind);

if (wants('drawings')) await writeDrawings(folder);
for (const locale of PICTURE_LOCALES) {
  const save = savePictures(folder, locale);
  if (wants('product')) await takeProduct(locale, save);
  if (wants('chromium')) await takeChromium(locale, save);
  if (wants('firefox')) await takeFirefox(locale, save);
}
