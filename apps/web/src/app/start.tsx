import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchAttention } from '../lib/attention.js';
import './global.css';
import './mantine-styles.js';
import { Application } from './application.js';

export function start(page: Document): void {
  const root = page.getElementById('root');
  if (root === null) throw new Error('the page has no element #root');
  watchAttention(page);
  createRoot(root).render(
    <StrictMode>
      <Application />
    </StrictMode>,
  );
}
