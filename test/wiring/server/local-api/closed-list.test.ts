import { FeatureUsed } from 'sotto';
import { expect, it } from 'vitest';
import { openLocalApi } from './support.js';

it('where only declared classes may be recorded, an event of a caller is not, and the answer says why', async () => {
  const api = await openLocalApi({ events: [FeatureUsed] });
  expect((await api.post('/events', { event: 'asset.saved' })).json).toMatchObject({
    recorded: false,
    reason: 'not_in_catalogue',
    telemetry_active: true,
  });
  expect((await api.post('/features', { feature: 'toolkit.launch' })).json).toMatchObject({ recorded: true });
});
