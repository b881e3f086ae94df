/**
 * Loaded with `node --import`: writes what the program opens towards the outside to file descriptor 3, or to the file that
 * `WITNESS_LOG` names, and lets every name be looked up by the server that `WITNESS_DNS` names, so that a look-up is a
 * packet which somebody sees.
 */
import { createHook } from 'node:async_hooks';
import dns from 'node:dns';
import { openSync, writeSync } from 'node:fs';
import { isIP } from 'node:net';

const OUTSIDE =
  /^(TCPSERVERWRAP|TCPCONNECTWRAP|PIPECONNECTWRAP|UDPWRAP|UDPSENDWRAP|TLSWRAP|GETADDRINFOREQWRAP|GETNAMEINFOREQWRAP|QUERYWRAP|PROCESSWRAP|WORKER|FSEVENTWRAP|STATWATCHER)$/;

const { WITNESS_LOG, WITNESS_DNS } = process.env;
const log = WITNESS_LOG === undefined ? 3 : openSync(WITNESS_LOG, 'a');

// By the resources of the runtime itself and not by patched functions: nothing that a library does goes past these.
createHook({
  init(_, type) {
    if (OUTSIDE.test(type)) writeSync(log, `${type}\n`);
  },
}).enable();

if (WITNESS_DNS !== undefined) dns.setServers([WITNESS_DNS]);

const lookUp = dns.lookup;
dns.lookup = (name, options, callback) => {
  const done = callback ?? options;
  const family = isIP(name);
  if (family !== 0) return lookUp(name, options, callback);
  dns.resolve4(name, (error, addresses = []) => {
    if (error) done(error);
    else if (options?.all)
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    else done(null, addresses[0], 4);
  });
};
