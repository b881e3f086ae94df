export { eraseEmptyFolder, eraseFile, eraseFiles } from './erase-files.js';
export { tryWithFileLock, withFileLock } from './file-lock.js';
export { toFileState } from './file-state.js';
export { keepAside } from './keep-aside.js';
export { makeDirectory } from './make-directory.js';
export { brokenName, originalName } from './names.js';
export { readAtMost } from './read-at-most.js';
export { readSmallFile, type SmallFile } from './small-file.js';
export { proposeFile, replaceFile } from './whole-file.js';
