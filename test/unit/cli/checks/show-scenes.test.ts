import type { CheckResult } from 'sotto/testing';
import { expect, it } from 'vitest';
import { showScenes } from '../../../../src/cli/checks/show-scenes.js';
import { createWriter } from '../../../../src/cli/writer.js';

const PROMISE = 'It is kept.';

function show(results: readonly CheckResult[]): string {
  let text = '';
  const output = {
    write: (piece: string) => {
      text += piece;
    },
  };
  const style = { color: false, unicode: true, width: 80 };
  showScenes({ tool: 'conformance', command: ['acme'], results }, createWriter(output, style));
  return text;
}

const result = (check: string, scene: string, outcome: CheckResult['outcome']): CheckResult => ({
  check,
  scene,
  promise: PROMISE,
  outcome,
});

it('shows a row for each scene, then what is wrong, then each reason once', () => {
  const because = 'It cannot be seen here.';
  const text = show([
    result('same-output', 'ci', { status: 'passed' }),
    result('quiet-errors', 'ci', {
      status: 'failed',
      findings: [{ message: 'It complained.', advice: 'Be quiet.' }],
    }),
    result('no-lookups-when-off', 'ci', { status: 'not_checked', because }),
    result('no-lookups-when-off', 'agent', { status: 'not_checked', because }),
  ]);
  expect(text).toBe(`  scene  passed  failed  not checked
  ci          1       1            1
  agent                            1

✗ quiet-errors (ci)  It is kept.
    It complained.
    Be quiet.

Not checked: It cannot be seen here.
    no-lookups-when-off (ci), no-lookups-when-off (agent)

1 passed, 1 failed, 2 not checked.
`);
});
