/** How much text the scrubber reads in a second: short strings, as queries and messages are. */
import { finish, programArguments } from '../lib/child.mjs';
import { sampleCalls } from '../lib/sample.mjs';

const [{ dist, samples }] = programArguments();
const { redactIdentifiableInfo } = await import(dist);

const texts = {
  harmless: [
    'where is the total of a cart computed',
    'function that parses retry-after headers',
    'why does the build fail on node 20',
    'list of supported languages',
  ],
  telling: [
    'why can anna.schmidt@example.com not log in',
    'open /home/anna/projects/storefront/src/cart.ts',
    'curl -H "Authorization: Bearer eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl" https://api.example.com',
    'connect to 10.1.2.3 with password=hunter2hunter2',
  ],
};

const result = {};
for (const [name, list] of Object.entries(texts)) {
  const bytes = list.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / list.length;
  const nsPerText = sampleCalls((index) => redactIdentifiableInfo(list[index % list.length]), {
    calls: 10_000,
    samples,
  });
  result[name] = nsPerText.map((ns) => (bytes / ns) * 1_000);
}
finish(result);
