import { describe, expect, it } from 'vitest';
import { read } from '../../../scripts/documents.js';
import { DOCUMENTS } from './documents.js';

const INDEX = 'docs/README.md';

describe('as pages of a site', () => {
  it.each(DOCUMENTS)('%s begins with its one heading of the first level', (path) => {
    const prose = read(path).replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
    expect(prose).toMatch(/^# /);
    expect(prose.match(/^# /gm)).toHaveLength(1);
  });

  it('the index leads to every page but single decisions', () => {
    const index = read(INDEX);
    const pages = DOCUMENTS.filter((path) => path.startsWith('docs/') && !path.startsWith('docs/adr/'));
    const missing = pages.filter(
      (path) => path !== INDEX && !index.includes(`](${path.slice('docs/'.length)})`),
    );
    expect(missing).toEqual([]);
  });
});
