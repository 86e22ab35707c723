import fc from 'fast-check';
import { decodeFrame } from './decodeFrame';
import { encodeFrame } from './encodeFrame';
import { FRAME_TYPES, type Frame, MAX_FRAME_BYTES } from './Frame';

const stream = fc.integer({ min: 1, max: 0xffffffff });
const number = fc.integer({ min: 1, max: 0xffffffff });
const headers = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  fc.stringMatching(/^[ -~]{0,50}$/),
  {
    maxKeys: 20,
    noNullPrototype: true,
  },
);
const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    type: fc.constant('control' as const),
    message: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
  }),
  fc.record({
    type: fc.constantFrom('ping' as const, 'pong' as const),
    sequence: number,
  }),
  fc.record({
    type: fc.constant('open' as const),
    stream,
    head: fc.record({ method: fc.string(), path: fc.string(), headers }),
  }),
  fc.record({
    type: fc.constant('head' as const),
    stream,
    head: fc.record({ status: fc.integer({ min: 100, max: 599 }), headers }),
  }),
  fc.record({
    type: fc.constant('data' as const),
    stream,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 2000 }),
  }),
  fc.record({ type: fc.constant('end' as const), stream }),
  fc.record({ type: fc.constant('credit' as const), stream, bytes: number }),
  fc.record({
    type: fc.constant('reset' as const),
    stream,
    reason: fc.stringMatching(/^[ -~]{0,100}$/),
  }),
);

it('reads what it wrote', () => {
  fc.assert(
    fc.property(frames, frame =>
      expect(decodeFrame(encodeFrame(frame))).toEqual(frame),
    ),
  );
});

it('survives any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      expect([...Object.keys(FRAME_TYPES), undefined]).toContain(
        decodeFrame(bytes)?.type,
      );
    }),
    { numRuns: 5_000 },
  );
});

it('survives frames with any byte changed', () => {
  fc.assert(
    fc.property(
      frames,
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      (frame, at, value) => {
        const bytes = encodeFrame(frame);
        bytes[at % bytes.length] = value;
        const read = decodeFrame(bytes);
        expect([...Object.keys(FRAME_TYPES), undefined]).toContain(read?.type);
      },
    ),
    { numRuns: 5_000 },
  );
});

const frameOf = (type: number, streamId: number, text: string) => {
  const rest = Buffer.from(text);
  const head = Buffer.from([type, 0, 0, 0, streamId]);
  return Buffer.concat([head, rest]);
};

it.each([
  { name: 'nothing', bytes: Buffer.alloc(0) },
  { name: 'half a header', bytes: Buffer.from([6, 0, 0]) },
  { name: 'an unknown type', bytes: frameOf(77, 1, 'x') },
  { name: 'too much', bytes: Buffer.alloc(MAX_FRAME_BYTES + 1, 6) },
  { name: 'control on a stream', bytes: frameOf(FRAME_TYPES.control, 1, '{}') },
  { name: 'data on stream 0', bytes: frameOf(FRAME_TYPES.data, 0, 'x') },
  {
    name: 'credit of nothing',
    bytes: frameOf(FRAME_TYPES.credit, 1, '\0\0\0\0'),
  },
  { name: 'no JSON', bytes: frameOf(FRAME_TYPES.open, 1, '{') },
  {
    name: 'JSON without end',
    bytes: frameOf(FRAME_TYPES.control, 0, '['.repeat(20_000)),
  },
  {
    name: 'JSON nested too deeply',
    bytes: frameOf(
      FRAME_TYPES.control,
      0,
      `${'['.repeat(100)}${']'.repeat(100)}`,
    ),
  },
  {
    name: 'text that is no UTF-8',
    bytes: Buffer.concat([
      frameOf(FRAME_TYPES.control, 0, '"'),
      Buffer.from([0xff, 0x22]),
    ]),
  },
  {
    name: 'a status that is none',
    bytes: frameOf(FRAME_TYPES.head, 1, '{"status":99,"headers":{}}'),
  },
  {
    name: 'a header with a line break',
    bytes: frameOf(
      FRAME_TYPES.open,
      1,
      '{"method":"GET","path":"/","headers":{"a":"b\\r\\nhost: evil"}}',
    ),
  },
  {
    name: 'a header name with a line break',
    bytes: frameOf(
      FRAME_TYPES.open,
      1,
      '{"method":"GET","path":"/","headers":{"a\\r\\nb":"c"}}',
    ),
  },
])('takes $name for no frame', ({ bytes }) => {
  expect(decodeFrame(bytes)).toBeUndefined();
});
