import type { Context } from 'hono';
import { CsrfField, Page, type WebEnv, type WebParts } from '../foundation/index.js';

interface ClearProps {
  readonly context: Context<WebEnv>;
  readonly parts: WebParts;
  readonly app: string;
}

/** Asks once more. */
export function ClearPage({ context, parts, app }: ClearProps) {
  return (
    <Page context={context} parts={parts} title="Delete everything" tab="/" styles={['person.css']}>
      <section class="card narrow">
        <h1>Delete everything?</h1>
        <p>
          {'All that telemetry of '}
          <bdi>{app}</bdi>
          {
            ' keeps on this machine: events, also those that still wait to be sent, counters, crash reports and diagnostics files.'
          }
        </p>
        <p>Your answer about telemetry stays as it is. What was sent before has left this machine.</p>
        <form method="post" action="clear" class="choices">
          <CsrfField context={context} />
          <button class="danger" type="submit">
            Delete everything
          </button>
          <a href="./">Keep it</a>
        </form>
      </section>
    </Page>
  );
}

/** @param props.failed - names of files that are still there; undefined when it is not known what came of it */
export function ClearedPage({
  context,
  parts,
  deletedFiles,
  failed,
}: Omit<ClearProps, 'app'> & {
  readonly deletedFiles: number;
  readonly failed: readonly string[] | undefined;
}) {
  return (
    <Page context={context} parts={parts} title="Your data" tab="/" styles={['person.css']}>
      <section class="card narrow">
        <h1>{titleOf(failed)}</h1>
        {failed === undefined ? (
          <p>No answer came that can be relied on. Look at the list, and try again.</p>
        ) : (
          <p>{`${deletedFiles} ${deletedFiles === 1 ? 'file was' : 'files were'} deleted.`}</p>
        )}
        {failed !== undefined && failed.length > 0 && (
          <>
            <p class="problem">These could not be deleted. Look at their permissions, and try again:</p>
            <ul class="plain">
              {failed.map((name) => (
                <li>
                  <code>
                    <bdi>{name}</bdi>
                  </code>
                </li>
              ))}
            </ul>
          </>
        )}
        <p>
          <a class="button" href="./">
            Back
          </a>
        </p>
      </section>
    </Page>
  );
}

function titleOf(failed: readonly string[] | undefined): string {
  if (failed === undefined) return 'It is not known whether anything was deleted';
  return failed.length === 0 ? 'Everything is deleted' : 'Not everything could be deleted';
}
