import { FRAME_TYPES, type Frame, HEADER_BYTES } from './Frame';

const TEXT = new TextEncoder();

/** Encodes a frame for the wire. */
export function encodeFrame(frame: Frame): Uint8Array {
  switch (frame.type) {
    case 'control':
      return withText(frame.type, 0, JSON.stringify(frame.message));
    case 'ping':
    case 'pong':
      return withNumber(frame.type, 0, frame.sequence);
    case 'open':
    case 'head':
      return withText(frame.type, frame.stream, JSON.stringify(frame.head));
    case 'data':
      return withBytes(frame.type, frame.stream, frame.bytes);
    case 'end':
      return withBytes(frame.type, frame.stream, new Uint8Array());
    case 'credit':
      return withNumber(frame.type, frame.stream, frame.bytes);
    case 'reset':
      return withText(frame.type, frame.stream, frame.reason);
    default:
      throw new Error(`Unknown frame ${JSON.stringify(frame satisfies never)}`);
  }
}

function withText(
  type: Frame['type'],
  stream: number,
  text: string,
): Uint8Array {
  return withBytes(type, stream, TEXT.encode(text));
}

function withNumber(
  type: Frame['type'],
  stream: number,
  value: number,
): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return withBytes(type, stream, bytes);
}

function withBytes(
  type: Frame['type'],
  stream: number,
  bytes: Uint8Array,
): Uint8Array {
  const message = new Uint8Array(HEADER_BYTES + bytes.byteLength);
  message[0] = FRAME_TYPES[type];
  new DataView(message.buffer).setUint32(1, stream);
  message.set(bytes, HEADER_BYTES);
  return message;
}
