import { describe, expect, it } from 'vitest';
import { parseHookNames } from '../../../../src/client/usage/index.js';

describe('the names of hooks', () => {
  it('are kept as they are spelled, and counted in lower case', () => {
    const { spelled, counted } = parseHookNames(['onSceneEnter', 'asset.saved']);
    expect(spelled).toEqual(['onSceneEnter', 'asset.saved']);
    expect([...counted]).toEqual(['onsceneenter', 'asset.saved']);
  });

  it('are none unless given', () => {
    expect(parseHookNames(undefined)).toEqual({ spelled: [], counted: new Set() });
  });

  it.each([[null], ['saved'], [[7]], [['']], [['two words']], [['ada@example.com']], [['x'.repeat(65)]]])(
    'refuses %j without saying it',
    (hooks) => {
      const refuse = () => parseHookNames(hooks);
      expect(refuse).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
      expect(refuse).not.toThrow(/ada@example|two words/);
    },
  );
});
