/** A server on this machine, where databases are made and dropped. */
export const POSTGRES_URL =
  process.env.SOTTO_TEST_POSTGRES_URL ?? 'postgresql://root@127.0.0.1:5432/postgres';
