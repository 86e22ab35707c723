export * from './Frame';
export { decodeFrame } from './decodeFrame';
export { encodeFrame } from './encodeFrame';
export { isRecord } from './isRecord';
