import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../src/cli/progress.js';
import { createWriter } from '../../../src/cli/writer.js';

function draw(isTTY: boolean, total: number): string[] {
  const written: string[] = [];
  const output = { isTTY, write: (text: string) => written.push(text) };
  const progress = createProgress(
    createWriter(output, { width: 60, color: true, unicode: true }),
    'Deleting',
  );
  for (let done = 1; done <= total; done += 1) progress.show(done, total);
  progress.end();
  return written;
}

describe('createProgress', () => {
  it('draws one line over again on a terminal, once for each percent, and takes it away', () => {
    const written = draw(true, 1_000);
    expect(written).toHaveLength(102);
    expect(written[50]).toBe('\rDeleting [##########----------] 50 %');
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('writes nothing where there is no terminal', () => {
    expect(draw(false, 1_000)).toEqual([]);
  });

  it('writes nothing when there was nothing to do', () => {
    expect(draw(true, 0)).toEqual([]);
  });
});
