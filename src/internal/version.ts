/** This package's name and version, as they appear on the wire. A test holds the version equal to package.json. */
export const LIBRARY_NAME = 'sotto';
export const LIBRARY_VERSION = '0.1.0';
