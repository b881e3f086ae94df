import { PgDialect } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { toSql } from '../../../../../src/server/db/vendor/positional-query.js';

describe('a query that names its values by number', () => {
  it('has each value where it was named, however often', () => {
    const { sql, params } = new PgDialect().sqlToQuery(toSql('a = $2 AND b = $1 OR c = $2;', ['one', 2]));
    expect(sql).toBe('a = $1 AND b = $2 OR c = $3;');
    expect(params).toEqual([2, 'one', 2]);
  });
});
