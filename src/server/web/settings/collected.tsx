import {
  describeFrequency,
  describeUse,
  REPORT_CATALOGUE,
  type ReportLine,
  type ReportSchedule,
  type ReportSection,
} from '../../wire/reports/index.js';

/** The three sections on what is collected, what is not, and how it is used: all of it out of the catalogue. */
export function Collected({ schedule }: { readonly schedule: ReportSchedule }) {
  const { collected, envelope, neverCollected } = REPORT_CATALOGUE;
  const use = describeUse(schedule);
  return (
    <>
      <section class="card" aria-labelledby="collected">
        <h2 id="collected">What data is collected?</h2>
        <div class="catalogue">
          {collected.map((section) => (
            <Group section={section} schedule={schedule} />
          ))}
        </div>
        <h3>With every report</h3>
        <dl class="lines">
          {envelope.map(({ name, about }) => (
            <div>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{about}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section class="card" aria-labelledby="not-collected">
        <h2 id="not-collected">What is not collected?</h2>
        <ul class="never">
          {neverCollected.map(({ about }) => (
            <li>{about}</li>
          ))}
        </ul>
        <details>
          <summary>Columns of the database that no report reads</summary>
          <ul class="columns">
            {neverCollected
              .flatMap(({ columns }) => columns)
              .map((column) => (
                <li>
                  <code>{column}</code>
                </li>
              ))}
          </ul>
        </details>
      </section>
      <section class="card" aria-labelledby="used">
        <h2 id="used">How is data used?</h2>
        <div class="groups">
          <Sentences title="What for" sentences={use.purposes} />
          <div>
            <Sentences title="Who gets it" sentences={use.recipient} />
            <Sentences title="How often" sentences={use.frequency} />
          </div>
        </div>
      </section>
    </>
  );
}

interface GroupProps {
  readonly section: ReportSection;
  readonly schedule: ReportSchedule;
}

function Group({ section: { title, lines }, schedule }: GroupProps) {
  const frequency = describeFrequency(schedule);
  return (
    <div>
      <h3>{title}</h3>
      <dl class="lines">
        {lines.map(({ name, report, about, purpose, labels }) => (
          <div>
            <dt>
              <code>{name}</code> <span class="tag">{frequency[report]}</span>
            </dt>
            <dd>
              {about} <span class="why">{purpose}</span>
              {labels.length > 0 && <Labels labels={labels} />}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Labels({ labels }: Pick<ReportLine, 'labels'>) {
  return (
    <details>
      <summary>{`Nothing but these ${labels.length} words`}</summary>
      <p class="words">{labels.join(', ')}</p>
    </details>
  );
}

function Sentences({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul class="plain">
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
