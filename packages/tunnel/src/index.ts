export {
  type RequestCredentials,
  hideCredentials,
  withoutCredentials,
} from './credentials/hideCredentials';
export * from './frames';
export * from './handshake';
export * from './report';
export * from './scope';
export * from './session';
export * from './writers';
export { openSocketPipe, type SocketLike } from './socket/openSocketPipe';
