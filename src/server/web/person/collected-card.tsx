import type { PersonView } from './read-view.js';

/** What may be collected and why, as the classes of the events say it. */
export function CollectedCard({ catalogue }: Pick<PersonView, 'catalogue'>) {
  return (
    <section class="card" aria-labelledby="collected">
      <h2 id="collected">What may be collected, and why</h2>
      {catalogue === undefined ? (
        <p class="note">This cannot be shown at the moment.</p>
      ) : (
        <Catalogue catalogue={catalogue} />
      )}
    </section>
  );
}

function Catalogue({ catalogue }: { readonly catalogue: NonNullable<PersonView['catalogue']> }) {
  const { purpose, is_complete, sections, details, privacy_url } = catalogue;
  return (
    <>
      <p>{purpose}</p>
      {!is_complete && (
        <p class="message warning">
          The program’s own list of events is not known here, so this is not everything: it may report more,
          reduced by the rule that is told below. What it has recorded stands in the list above.
        </p>
      )}
      <div class="groups">
        {sections.map(({ title, items }) => (
          <Items title={title} items={items} />
        ))}
      </div>
      <details>
        <summary>Every field, who receives it, and how long it is kept</summary>
        {details.map(({ title, items }) => (
          <Items title={title} items={items} />
        ))}
      </details>
      {privacy_url !== null && /^https?:/.test(privacy_url) && (
        <p>
          <a href={privacy_url} rel="noreferrer">
            What the makers say about it
          </a>
        </p>
      )}
    </>
  );
}

function Items({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  return (
    <div>
      <h3>
        <bdi>{title}</bdi>
      </h3>
      <ul class="plain">
        {items.map((item) => (
          <li>
            <bdi>{item}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
