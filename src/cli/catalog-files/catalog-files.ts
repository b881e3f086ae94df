import type { ConsentText } from '../../consent/dialogue/index.js';
import type { Catalogue, ConsentScope } from '../../events/index.js';
import { formatCatalogueJson } from './catalogue-json.js';
import { CATALOGUE_JSON, README_MD, TELEMETRY_MD } from './names.js';
import { fillReadme } from './readme-part.js';
import { formatTelemetryMd, isTelemetryMd } from './telemetry-md.js';

/** A file in the maker's project that says what the code says. */
export interface CatalogFile {
  readonly name: string;
  /**
   * What it has to hold.
   *
   * @param current - what it holds; undefined where there is none
   * @returns undefined where there is nothing to keep up to date
   */
  readonly expected: (current: string | undefined) => string | undefined;
  /** Was it written here, so that it may be written again? */
  readonly isOwn: (current: string) => boolean;
}

export interface CatalogFilesInput {
  readonly app: string;
  readonly catalogue: Catalogue;
  readonly scope: ConsentScope;
  /** What a person types before a command. */
  readonly command: string;
  /** The words that the person is shown when they are asked. */
  readonly text: ConsentText;
}

/** The files that are made of a catalogue. Nothing in them is of a machine or a moment. */
export function describeCatalogFiles(input: CatalogFilesInput): readonly CatalogFile[] {
  return [
    { name: TELEMETRY_MD, expected: () => formatTelemetryMd(input), isOwn: isTelemetryMd },
    {
      name: CATALOGUE_JSON,
      expected: () => formatCatalogueJson(input),
      // Also one that git could not merge.
      isOwn: (current) => current.includes('"catalogue":'),
    },
    {
      name: README_MD,
      expected: (current) => (current === undefined ? undefined : fillReadme(current, input.catalogue)),
      isOwn: () => true,
    },
  ];
}
