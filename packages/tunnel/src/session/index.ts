export { monotonicMs } from './monotonicMs';
export {
  type FramePipe,
  type SessionOptions,
  TunnelError,
  type TunnelRequest,
  type TunnelResponse,
  TunnelSession,
} from './TunnelSession';
