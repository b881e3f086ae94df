import { type Answer, RecordingServer, type WireMessage } from '../../support/recording-server.js';

/** A server that takes events, or answers as told and takes none. */
export interface BadSink extends AsyncDisposable {
  readonly url: string;
  /** Every message of every request, also of those that were answered badly. */
  readonly arrived: readonly WireMessage[];
  /** The messages it took, each as often as it did. */
  readonly taken: readonly WireMessage[];
  /** The most requests that were open at one time. */
  readonly mostOpen: number;
  requested(count: number): Promise<void>;
  /** Answer so from now on. */
  misbehave(answer: Answer): void;
  /** Take what comes, and answer so all the same. */
  takeAndAnswer(answer: Answer): void;
  /** Keep every answer back from now on. @returns what takes all of them, and all later ones at once */
  hold(): () => void;
  /** Take what comes from now on. */
  recover(): void;
}

export async function startBadSink(): Promise<BadSink> {
  const server = await RecordingServer.start();
  const taken: WireMessage[] = [];
  let open = 0;
  let mostOpen = 0;
  const takeAndAnswer =
    (answer: Answer): Answer =>
    (response, request) => {
      taken.push(...(JSON.parse(request.text) as { batch: readonly WireMessage[] }).batch);
      answer(response, request);
    };
  const take = takeAndAnswer((response) => response.writeHead(200).end('{"status":1}'));
  const answerBy = (answer: Answer) => {
    server.answer = (response, request) => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      response.once('close', () => {
        open -= 1;
      });
      answer(response, request);
    };
  };
  answerBy(take);
  return {
    url: server.url,
    get arrived() {
      return server.messages;
    },
    taken,
    get mostOpen() {
      return mostOpen;
    },
    requested: (count) => server.batchesArrived(count),
    misbehave: answerBy,
    takeAndAnswer: (answer) => answerBy(takeAndAnswer(answer)),
    hold: () => {
      const held: (() => void)[] = [];
      answerBy((response, request) => void held.push(() => take(response, request)));
      return () => {
        answerBy(take);
        for (const release of held.splice(0)) release();
      };
    },
    recover: () => answerBy(take),
    [Symbol.asyncDispose]: () => server.close(),
  };
}
