/** Stands for the flusher: when it is asked over a socket, it tells what it sees. What it prints must go nowhere. */
import { connect } from 'node:net';

console.log('out');
console.error('error');

const socket = connect(Number(process.env.REPORT_TO), '127.0.0.1', () => {
  socket.once('data', () => {
    const { argv, execArgv, env } = process;
    const isPreloaded = Reflect.has(globalThis, 'isPreloaded');
    socket.end(JSON.stringify({ argv, execArgv, env, cwd: process.cwd(), isPreloaded }));
  });
});
