import type { ReactNode } from 'react';

export const glyphs = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path d="m4.9 8.3 2.2 2.2 4-4.7" stroke="var(--on,#fff)" strokeWidth="1.7" />
    </>
  ),
  bad: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" stroke="none" />
      <path d="m5.5 5.5 5 5m0-5-5 5" stroke="var(--on,#fff)" strokeWidth="1.7" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.3" strokeWidth="1.4" />
      <path d="M6.3 6.4a1.75 1.75 0 1 1 2.4 1.7c-.5.2-.7.5-.7.9M8 11.2v.01" strokeWidth="1.5" />
    </>
  ),
  none: (
    <>
      <path d="M3.5 8h9" strokeWidth="2" />
    </>
  ),
  wait: (
    <>
      <path d="M4 1.5h8M4 14.5h8" strokeWidth="1.5" />
      <path
        d="M4.7 2.5h6.6v1.7L8.9 8l2.4 3.8v1.7H4.7v-1.7L7.1 8 4.7 4.2z"
        fill="currentColor"
        stroke="none"
      />
    </>
  ),
  run: (
    <>
      <circle cx="8" cy="8" r="6.2" strokeWidth="1.6" strokeOpacity=".3" />
      <path d="M8 1.8A6.2 6.2 0 0 1 14.2 8" strokeWidth="1.8" />
      <path d="M6.5 5.4v5.2L10.7 8z" fill="currentColor" stroke="none" />
    </>
  ),
  queued: (
    <>
      <circle cx="8" cy="8" r="6.2" strokeWidth="1.5" strokeDasharray="2.3 2.03" />
    </>
  ),
  skip: (
    <>
      <circle cx="8" cy="8" r="6.3" strokeWidth="1.4" />
      <path d="m3.8 12.2 8.4-8.4" strokeWidth="1.4" />
    </>
  ),
  error: (
    <>
      <path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" stroke="none" />
      <path d="M8 4.8v3.6M8 11v.01" stroke="var(--on,#fff)" strokeWidth="1.7" />
    </>
  ),
  unsure: (
    <>
      <path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" stroke="none" />
      <path
        d="M6.5 6.3a1.6 1.6 0 1 1 2.2 1.5c-.5.2-.7.5-.7.9M8 11v.01"
        stroke="var(--on,#fff)"
        strokeWidth="1.5"
      />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.5 15.3 14.5H.7z" fill="currentColor" stroke="currentColor" strokeWidth="1" />
      <path d="M8 6v3.8M8 12.2v.01" stroke="var(--on,#fff)" strokeWidth="1.6" />
    </>
  ),
  pause: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />
      <path d="M6.2 5.2v5.6M9.8 5.2v5.6" stroke="var(--on,#fff)" strokeWidth="1.8" />
    </>
  ),
  partly: (
    <>
      <path d="M5.1 1.7h5.8L14.3 5.1v5.8l-3.4 3.4H5.1L1.7 10.9V5.1z" strokeWidth="1.4" />
      <path d="m5.5 5.5 5 5m0-5-5 5" strokeWidth="1.7" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type Glyph = keyof typeof glyphs;
