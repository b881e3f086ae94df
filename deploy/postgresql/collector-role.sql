-- The role by which the collector reads. For psql, as a role that may make roles; run it again to change the password.
-- The password is the variable COLLECTOR_DATABASE_PASSWORD of psql's environment, so that it stands in no command and no history. A server that
-- logs such statements (log_statement) logs it: there, set it by \password in place of this.
--
-- This role may read nothing yet: what it may, it is granted afterwards, by what `sotto collector grants` prints.
\set ON_ERROR_STOP on
\if :{?role} \else
  \set role sotto_collector
\endif
\getenv password COLLECTOR_DATABASE_PASSWORD
\if :{?password} \else
  \warn 'Set COLLECTOR_DATABASE_PASSWORD first: nothing is changed without it.'
\endif

BEGIN;
SELECT format('CREATE ROLE %I', :'role')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', :'role', :'password') \gexec
COMMIT;
