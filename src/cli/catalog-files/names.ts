export const TELEMETRY_MD = 'TELEMETRY.md';
export const CATALOGUE_JSON = 'telemetry-catalogue.json';
export const README_MD = 'README.md';
