/** Code search over a folder: build an index, then ask it. */
export { MATCH_TYPES, type MatchType } from './best-line.js';
export { type BuildOptions, buildIndex, type CodeIndex, type IndexStatistics } from './build-index.js';
export { INTENTS, type Intent, inferIntent } from './intent.js';
export { FILE_CATEGORIES, type FileCategory, LANGUAGES, type Language } from './language.js';
export {
  RANKINGS,
  type Ranking,
  type SearchMatch,
  type SearchOptions,
  type SearchResponse,
  search,
} from './search.js';
export { FolderError } from './walk.js';
