/** Screens of this product, taken by `scripts/instruction-pictures.ts`. */
const PRODUCT_PICTURES = [
  'page-download',
  'page-replace-confirm',
  'page-replace-download',
  'refused-missing',
  'refused-mismatch-none-issued',
  'refused-mismatch',
  'refused-not-presented',
  'refused-revoked',
  'refused-expired',
] as const;

/** Windows of real browsers on Linux, taken by the same script. */
const BROWSER_PICTURES = [
  'chromium-downloads',
  'chromium-manager',
  'chromium-picker',
  'chromium-details',
  'firefox-downloads',
  'firefox-settings',
  'firefox-certificates',
  'firefox-picker',
  'firefox-remember',
  'firefox-decisions',
] as const;

/** Our own drawings of windows that cannot be photographed here, made by the same script. */
export const DRAWN_PICTURES = [
  'windows-wizard-place',
  'windows-wizard-file',
  'windows-wizard-password',
  'windows-wizard-store',
  'windows-wizard-finish',
  'windows-picker',
  'windows-edge-picker',
  'windows-delete-file',
  'windows-search',
  'windows-certificates',
  'macos-add',
  'macos-password',
  'macos-certificates',
  'macos-allow',
  'macos-safari-picker',
  'ios-profile',
  'android-install',
] as const;

export const TAKEN_PICTURES = [...PRODUCT_PICTURES, ...BROWSER_PICTURES] as const;

export type DrawnPicture = (typeof DRAWN_PICTURES)[number];
export type TakenPicture = (typeof TAKEN_PICTURES)[number];
export type PictureName = DrawnPicture | TakenPicture;

/** Pixels of the file to one of the page; pages of ours are taken sharper than windows of browsers can be. */
export function pictureScale(name: PictureName): 1 | 2 {
  const product: readonly string[] = PRODUCT_PICTURES;
  return product.includes(name) ? 2 : 1;
}

/** Drawings are SVG, screens PNG; each in both languages. */
export function pictureFile(name: PictureName): string {
  const drawn: readonly string[] = DRAWN_PICTURES;
  return drawn.includes(name) ? `${name}.svg` : `${name}.png`;
}
