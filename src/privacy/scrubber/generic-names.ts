const ACCOUNTS =
  'root admin administrator user username guest test tester demo example anonymous nobody system service daemon sa postgres mysql mongo ' +
  'redis oracle rabbitmq elastic app web www www-data nginx node npm git ubuntu debian centos alpine ec2-user vagrant docker runner ' +
  'runneradmin circleci travis jenkins gitlab github buildkite vsts codespace gitpod coder developer dev default public shared owner none';
const HOSTS =
  'localhost local host hostname server client test example computer machine desktop laptop docker build runner web app api db';

const GENERIC = new Set(`${ACCOUNTS} ${HOSTS}`.split(' '));

/** Whether an account or a host of this name could be anybody's: `root`, `ubuntu`, `localhost`. */
export function isGenericName(name: string): boolean {
  return GENERIC.has(name.toLowerCase());
}
