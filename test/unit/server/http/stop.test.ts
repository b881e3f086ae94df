import { Agent, get, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listenOn } from '../../../../src/server/http/index.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('a server that stops', () => {
  it('waits for an answer that goes on, and for no connection that a browser keeps afterwards', async () => {
    let end = () => {};
    const { url, stop } = await listenOn((_request, response) => {
      response.write('first');
      end = () => response.end('last');
    }, 0);
    const agent = new Agent({ keepAlive: true });
    const answer = await new Promise<IncomingMessage>((resolve) => get(url, { agent }, resolve));
    // So that it is never cut off.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const stopped = stop();
    const text = answer.setEncoding('utf8').toArray();
    end();
    expect((await text).join('')).toBe('firstlast');
    await stopped;
    agent.destroy();
  });
});
