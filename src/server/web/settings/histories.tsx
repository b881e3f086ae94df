import type { SettingsChange } from '../../wire/index.js';
import { ColumnHeads, TimeUtc } from '../foundation/index.js';
import { REPORT_TITLES } from './report-titles.js';
import type { SentView } from './report-view.js';

const UNKNOWN = 'This list could not be loaded: the settings service gave no answer that can be relied on.';

/** What was sent, newest first, each with its bytes. */
export function SentHistory({ sent }: { readonly sent: readonly SentView[] | undefined }) {
  return (
    <section class="card" aria-labelledby="sent" data-part="sent">
      <h2 id="sent">What was sent</h2>
      {sent === undefined && <p class="note">{UNKNOWN}</p>}
      {sent?.length === 0 && <p class="nothing">Nothing has been sent yet.</p>}
      {sent !== undefined && sent.length > 0 && (
        <ul class="sent">
          {sent.map(({ kind, sentAt, json }) => (
            <li>
              <details>
                <summary>
                  <span>{REPORT_TITLES[kind]}</span> <TimeUtc iso={sentAt} />
                </summary>
                <pre class="json">
                  <code>{json}</code>
                </pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Who switched, newest first. */
export function ChangeHistory({ changes }: { readonly changes: readonly SettingsChange[] | undefined }) {
  return (
    <section class="card" aria-labelledby="changes" data-part="changes">
      <h2 id="changes">Who switched</h2>
      {changes === undefined && <p class="note">{UNKNOWN}</p>}
      {changes?.length === 0 && <p class="nothing">Nobody has switched yet: the default holds.</p>}
      {changes !== undefined && changes.length > 0 && (
        <table>
          <ColumnHeads columns={['When', 'Who', 'What']} />
          <tbody>
            {changes.map((change) => (
              <tr>
                <td>
                  <TimeUtc iso={change.changed_at} />
                </td>
                <td>
                  <bdi>{change.changed_by}</bdi>
                </td>
                <td>{describeChange(change)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function describeChange({ applies_to, old_value, new_value }: SettingsChange): string {
  if (applies_to === 'all')
    return new_value === null
      ? 'The stop of every organisation was lifted'
      : `Switched ${wordOf(new_value)} for every organisation`;
  if (old_value === null) return `Switched ${wordOf(new_value)}, for the first time`;
  return `Switched from ${wordOf(old_value)} to ${wordOf(new_value)}`;
}

function wordOf(value: boolean | null): string {
  if (value === null) return 'the default';
  return value ? 'on' : 'off';
}
