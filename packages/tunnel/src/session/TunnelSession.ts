import {
  type Frame,
  MAX_DATA_BYTES,
  type RequestHead,
  type ResponseHead,
  decodeFrame,
  encodeFrame,
} from '../frames';
import { SendWindow } from './SendWindow';
import { IncomingBody } from './IncomingBody';
import { monotonicMs } from './monotonicMs';

/** Carries frames: a WebSocket, or a pair of functions in a test. */
export interface FramePipe {
  /**
   * Undefined when more may be sent at once, else a promise that resolves when
   * it may; rejects when the frame cannot be sent. Frames of one caller keep
   * their order.
   */
  send(frame: Uint8Array): Promise<void> | undefined;
  /** Closes the underlying connection. */
  close(reason: string): void;
}

export interface TunnelRequest {
  head: RequestHead;
  body: AsyncIterable<Uint8Array>;
  /** Aborts when the other side resets the stream or the session ends. */
  signal: AbortSignal;
}

export interface TunnelResponse {
  head: ResponseHead;
  body: AsyncIterable<Uint8Array>;
}

export interface SessionOptions {
  /** Handles requests of the other side; without it they are refused. May throw: the stream is reset. */
  onRequest?: (request: TunnelRequest) => Promise<TunnelResponse>;
  onControl: (message: unknown) => void;
  /** Called once after the session ended, with the reason. */
  onEnd: (reason: string) => void;
  /** Bytes of one direction of one stream that may be in flight. */
  windowBytes?: number;
  maxStreams?: number;
}

/** The other side violated the protocol, or the stream or the connection broke. */
export class TunnelError extends Error {}

interface Stream {
  /** Credit for sending to the other side. */
  sendWindow: SendWindow;
  incoming: IncomingBody;
  abort: AbortController;
  onHead?: (head: ResponseHead) => void;
  onFailed?: (error: Error) => void;
  /** Called once, however the stream ended. */
  onDropped?: () => void;
  hasHead: boolean;
  sentEnd: boolean;
  gotEnd: boolean;
}

const WINDOW_BYTES = 256 * 1024;
const MAX_STREAMS = 256;
/** The usual end of a stream; created once, because a stack trace costs as much as a small request. */
const OVER = new TunnelError('the stream is over');

/**
 * Multiplexes streams over one connection. Both sides run the same code; only
 * the hub opens streams. A stalled stream blocks no other: each has its own
 * credit, and no frame is longer than {@link MAX_DATA_BYTES} of data.
 */
export class TunnelSession {
  readonly #pipe: FramePipe;
  readonly #options: SessionOptions;
  readonly #windowBytes: number;
  readonly #streams = new Map<number, Stream>();
  #lastStream = 0;
  #ended: string | undefined;
  #pings = new Map<
    number,
    { sentAtMs: number; resolve: (ms: number) => void }
  >();
  #sequence = 0;
  /** Time of the last message from the other side; milliseconds of the monotonic clock. */
  heardAtMs: number = monotonicMs();

  constructor(pipe: FramePipe, options: SessionOptions) {
    this.#pipe = pipe;
    this.#options = options;
    this.#windowBytes = options.windowBytes ?? WINDOW_BYTES;
  }

  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Handles a message. One that is no frame, or violates the protocol, ends the session. */
  receive(message: Uint8Array): void {
    if (this.#ended !== undefined) return;
    this.heardAtMs = monotonicMs();
    const frame = decodeFrame(message);
    if (frame === undefined) this.end('a message was no frame');
    else this.#handle(frame);
  }

  sendControl(message: unknown): void {
    this.#send({ type: 'control', message });
  }

  /**
   * Sends a ping; resolves to the round trip in milliseconds. Never resolves
   * when no pong arrives: watch `heardAtMs`.
   */
  ping(): Promise<number> {
    const sequence = (this.#sequence = (this.#sequence % 0xffffffff) + 1);
    this.#pings = new Map([...this.#pings].slice(-2));
    return new Promise(resolve => {
      this.#pings.set(sequence, { sentAtMs: monotonicMs(), resolve });
      this.#send({ type: 'ping', sequence });
    });
  }

  /** Sends a request to the other side. Throws TunnelError when no response arrived. */
  async request(
    head: RequestHead,
    body: AsyncIterable<Uint8Array> | undefined,
    signal: AbortSignal,
  ): Promise<TunnelResponse> {
    if (this.#ended !== undefined) throw new TunnelError(this.#ended);
    signal.throwIfAborted();
    if (this.#streams.size >= (this.#options.maxStreams ?? MAX_STREAMS))
      throw new TunnelError('too many streams');
    const id = ++this.#lastStream;
    const stream = this.#newStream(id);
    const answered = new Promise<ResponseHead>((resolve, reject) => {
      stream.onHead = resolve;
      stream.onFailed = reject;
    });
    const giveUp = () => this.#reset(id, 'given up');
    signal.addEventListener('abort', giveUp, { once: true });
    stream.onDropped = () => signal.removeEventListener('abort', giveUp);
    this.#send({ type: 'open', stream: id, head });
    void this.#pump(id, stream, body);
    return { head: await answered, body: stream.incoming };
  }

  /** Ends the session and all its streams. */
  end(reason: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const id of [...this.#streams.keys()])
      this.#drop(id, new TunnelError(reason));
    this.#pipe.close(reason);
    this.#options.onEnd(reason);
  }

  #handle(frame: Frame): void {
    switch (frame.type) {
      case 'control':
        this.#options.onControl(frame.message);
        return;
      case 'ping':
        this.#send({ type: 'pong', sequence: frame.sequence });
        return;
      case 'pong':
        this.#takePong(frame.sequence);
        return;
      case 'open':
        this.#takeOpen(frame.stream, frame.head);
        return;
      default:
        this.#handleOnStream(frame);
    }
  }

  #handleOnStream(
    frame: Exclude<Frame, { type: 'control' | 'ping' | 'pong' | 'open' }>,
  ): void {
    const stream = this.#streams.get(frame.stream);
    if (stream === undefined) {
      // A stream that was reset a moment ago may still receive frames that were in flight.
      if (frame.stream > this.#lastStream)
        this.end('a stream was never opened');
      return;
    }
    switch (frame.type) {
      case 'head':
        if (stream.onHead === undefined || stream.hasHead)
          this.end('a head came where none belongs');
        stream.hasHead = true;
        stream.onHead?.(frame.head);
        return;
      case 'data':
        if (stream.onHead !== undefined && !stream.hasHead)
          this.end('data came before its head');
        else if (stream.gotEnd || !stream.incoming.push(frame.bytes))
          this.end('more came than was allowed');
        return;
      case 'end':
        stream.gotEnd = true;
        stream.incoming.end();
        this.#finish(frame.stream, stream);
        return;
      case 'credit':
        stream.sendWindow.grant(frame.bytes);
        return;
      case 'reset':
        this.#drop(frame.stream, new TunnelError(frame.reason));
        return;
      default:
        throw new Error(
          `Unknown frame ${JSON.stringify(frame satisfies never)}`,
        );
    }
  }

  #takePong(sequence: number): void {
    const ping = this.#pings.get(sequence);
    this.#pings.delete(sequence);
    ping?.resolve(monotonicMs() - ping.sentAtMs);
  }

  #takeOpen(id: number, head: RequestHead): void {
    const { onRequest, maxStreams = MAX_STREAMS } = this.#options;
    if (id <= this.#lastStream) {
      this.end('a stream was opened twice');
      return;
    }
    if (onRequest === undefined) {
      this.end('a stream was opened where none is taken');
      return;
    }
    this.#lastStream = id;
    if (this.#streams.size >= maxStreams) {
      this.#send({ type: 'reset', stream: id, reason: 'too many streams' });
      return;
    }
    const stream = this.#newStream(id);
    void this.#answer(id, stream, { head, onRequest });
  }

  async #answer(
    id: number,
    stream: Stream,
    request: {
      head: RequestHead;
      onRequest: NonNullable<SessionOptions['onRequest']>;
    },
  ): Promise<void> {
    try {
      const response = await request.onRequest({
        head: request.head,
        body: stream.incoming,
        signal: stream.abort.signal,
      });
      if (this.#streams.get(id) !== stream) return;
      this.#send({ type: 'head', stream: id, head: response.head });
      await this.#pump(id, stream, response.body);
    } catch (error) {
      this.#reset(
        id,
        error instanceof TunnelError ? error.message : 'the request failed',
      );
    }
  }

  /** Sends a body in chunks, as credit allows. */
  async #pump(
    id: number,
    stream: Stream,
    body: AsyncIterable<Uint8Array> | undefined,
  ): Promise<void> {
    try {
      if (body !== undefined)
        for await (const chunk of body) {
          for (let at = 0; at < chunk.byteLength; ) {
            const wanted = Math.min(MAX_DATA_BYTES, chunk.byteLength - at);
            const bytes =
              stream.sendWindow.takeNow(wanted) ??
              (await stream.sendWindow.take(wanted));
            const sent = this.#send({
              type: 'data',
              stream: id,
              bytes: chunk.subarray(at, at + bytes),
            });
            if (sent !== undefined) await sent; // each wait costs more than the frame of a small response
            at += bytes;
          }
        }
      if (this.#streams.get(id) !== stream) return;
      stream.sentEnd = true;
      void this.#send({ type: 'end', stream: id });
      this.#finish(id, stream);
    } catch {
      this.#reset(id, 'the body broke off');
    }
  }

  #newStream(id: number): Stream {
    const stream: Stream = {
      sendWindow: new SendWindow(this.#windowBytes),
      incoming: new IncomingBody({
        windowBytes: this.#windowBytes,
        onCredit: bytes =>
          void this.#send({ type: 'credit', stream: id, bytes }),
        onAbandoned: () => this.#reset(id, 'given up'),
      }),
      abort: new AbortController(),
      hasHead: false,
      sentEnd: false,
      gotEnd: false,
    };
    this.#streams.set(id, stream);
    return stream;
  }

  #finish(id: number, stream: Stream): void {
    // A response may be complete before the body of its request is: the rest is not needed
    // then.
    const isOver = stream.onHead === undefined ? stream.sentEnd : stream.gotEnd;
    if (isOver) this.#drop(id, OVER);
  }

  #reset(id: number, reason: string): void {
    if (!this.#streams.has(id)) return;
    void this.#send({ type: 'reset', stream: id, reason });
    this.#drop(id, new TunnelError(reason));
  }

  #drop(id: number, error: TunnelError): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    this.#streams.delete(id);
    stream.sendWindow.fail(error);
    stream.incoming.fail(error);
    stream.onFailed?.(error);
    stream.onDropped?.();
    if (error !== OVER) stream.abort.abort(error);
  }

  #send(frame: Frame): Promise<void> | undefined {
    if (this.#ended !== undefined) return undefined;
    return this.#pipe
      .send(encodeFrame(frame))
      ?.catch(error =>
        this.end(
          error instanceof TunnelError ? error.message : 'the connection broke',
        ),
      );
  }
}
