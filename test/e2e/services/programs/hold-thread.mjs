/** Keeps what Node.js cannot give up under way, as the look-up of a name that nobody answers is: nobody ever opens the other end. */
import { open } from 'node:fs';

open(process.env.HELD_PIPE, 'r', () => {});
