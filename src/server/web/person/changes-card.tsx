import type { Context } from 'hono';
import { CsrfField, type WebEnv } from '../foundation/index.js';
import type { PersonView } from './read-view.js';

export interface ChangesCardProps {
  readonly context: Context<WebEnv>;
  readonly changes: PersonView['changes'];
}

/** What the program wants to collect besides what its person has agreed to. Nothing while there is nothing to decide. */
export function ChangesCard({ context, changes }: ChangesCardProps) {
  if (changes === undefined || changes.held_back.length === 0) return undefined;
  const more = changes.changes.filter(({ effect }) => effect === 'widening');
  return (
    <section class="card" aria-labelledby="changes" data-part="changes">
      <h2 id="changes">The program now wants to collect more</h2>
      <p>
        {changes.is_known
          ? 'What you agreed to goes on as it is. This does not leave unless you agree:'
          : 'It is not known any more what you agreed to, so nothing leaves until you agree to what may be collected, as told below.'}
      </p>
      {more.length > 0 && (
        <ul class="plain">
          {more.map(({ text }) => (
            <li>
              <bdi>{text}</bdi>
            </li>
          ))}
        </ul>
      )}
      {changes.is_declined && <p class="note">You have said that it stays as it was.</p>}
      <form method="post" action="changes" class="choices">
        <CsrfField context={context} />
        <input type="hidden" name="version" value={changes.version} />
        <button type="submit" name="answer" value="accept">
          Allow this too
        </button>
        {!changes.is_declined && (
          <button class="quiet" type="submit" name="answer" value="decline">
            Keep it as it is
          </button>
        )}
      </form>
    </section>
  );
}
