export * from './frames';
export * from './handshake';
export * from './scope';
export * from './session';
export { openSocketPipe, type SocketLike } from './socket/openSocketPipe';
