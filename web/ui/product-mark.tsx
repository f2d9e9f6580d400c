/** The mark of the product: a pass on its strap, ticked. Decoration; the name stands beside it. */
export function ProductMark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="5" y="2" width="22" height="28" rx="5" fill="var(--p-accent)" />
      <rect x="12" y="6" width="8" height="2.5" rx="1.25" fill="var(--p-accent-on-fill)" />
      <path
        d="M10.5 19.5l4 4 7.5-8.5"
        fill="none"
        stroke="var(--p-accent-on-fill)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
