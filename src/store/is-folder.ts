import { lstatSync } from 'node:fs';
import { quietly } from '../internal/index.js';

/** Is a folder there, and no link to one? False when that cannot be told. Never throws. */
export const isFolder = (path: string): boolean => quietly(() => lstatSync(path).isDirectory()) === true;
