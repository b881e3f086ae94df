import type { Page } from 'playwright-core';

export const openEverything = (page: Page) =>
  page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");

export const isTooWide = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
