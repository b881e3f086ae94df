import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT } from '../../exit-status.js';
import { withOperator } from '../../with-operator.js';

/** Take a token back, for good. */
export const orgTokenRevoke: ServiceCommandDefinition = {
  name: 'org token revoke',
  needsApp: false,
  summary: 'take a token back: it opens nothing any more',
  argument: { syntax: '<token-id>', description: 'its id, as `sotto org token list` shows it' },
  run(context, { args: [typed = ''] }) {
    const { out, err } = context;
    // Who has the whole token at hand may type that: its id is what stands before the dot.
    const [tokenId = ''] = typed.split('.');
    return withOperator(context, async (operator) => {
      const { changed } = await operator.perform({ command: 'revoke_token', tokenId });
      if (changed) {
        out.line(`${out.tick}The token opens nothing any more.`);
        return EXIT.done;
      }
      err.line('There is no such token, or it was revoked before. `sotto org token list` shows them all.');
      return EXIT.failed;
    });
  },
};
