/** Where the collector answers the product beside it, and nobody else. */
export const INTERNAL_PATH = '/internal';
